"""The settings dialog's controller: tokens of sites, and settings as files.

Part of the composition: it knows the downloads and the window, and none of their rules.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.sources.tokens import TokenSource, TokenState
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.settings.settings_file import SIZE_LIMIT, from_file, to_file
from launcher_gui.text.i18n import counted, translate
from launcher_gui.text.message import localize
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.settings.accounts_page import AccountAsk, TokenAction
from launcher_gui.ui.settings.settings_dialog import Exchange


async def answer_account(asked: AccountAsk, service: DownloadService, window: MainWindow) -> None:
    """Carry out an action on a site's token and show the result."""
    site, tokens = asked.site, service.tokens
    match asked.wish:
        case TokenAction.CREATE:
            QDesktopServices.openUrl(QUrl(site.token_page))
        case TokenAction.SHOW:
            window.show_account(await tokens.state(site))
        case TokenAction.DELETE:
            window.show_account(await tokens.forget(site))
        case TokenAction.SAVE:
            try:
                state = await tokens.keep(site, asked.token)
            except InvalidInputError as error:
                window.show_account_answer(site, localize(error.sentences), good=False)
            else:
                window.show_account(state)
                kept = state.source is TokenSource.KEYRING
                window.show_account_answer(site, "" if kept else " ".join(unkept(state)), good=kept)
        case TokenAction.TEST:
            account = await service.check_token(site)
            window.show_account_answer(site, localize(account.words), good=account.accepted)


def unkept(state: TokenState) -> tuple[str, str]:
    """Return what to say about a token that no keyring can keep, with the remedy."""
    used = translate("accounts", "The token for {site} is used until you quit.")
    advice = translate(
        "accounts",
        "It could not be saved in the system's keyring: {why}. To keep it for the next start, set "
        "the environment variable {variable}.",
    )
    why = localize(state.keyring_problem)
    return used.format(site=state.site.label), advice.format(why=why, variable=state.site.token_variable)


async def exchange(asked: Exchange, service: DownloadService, who: str) -> str:
    """Export the settings to a file, or import them from one; return the result as a sentence.

    Raises:
        InvalidInputError: If the file has no settings or an invalid one; nothing was changed.
        OSError: If the file cannot be read or written.
    """
    path = Path(asked.path)
    if asked.to_write:
        await service.files(_write, path, to_file(service.settings()))
        written = translate("accounts", "Settings saved to {name}, without passwords and tokens.")
        return written.format(name=path.name)
    data = await service.files(_read, path)
    values = from_file(data)
    await service.settings.change(values, who)
    fixed = service.settings.fixed & values.keys()
    taken = counted("accounts", "%n setting(s) loaded from {name}.", len(values)).format(name=path.name)
    held = counted("accounts", "%n of them are set by environment variables on this computer.", len(fixed))
    return f"{taken} {held}" if fixed else taken


def exchange_problem(error: InvalidInputError | OSError) -> str:
    """Return why a file could not be exported or imported; nothing has changed."""
    if isinstance(error, OSError):
        unopened = translate("accounts", "The file could not be opened: {why}. Choose another one.")
        return unopened.format(why=error.strerror or type(error).__name__)
    unchanged = translate("accounts", "Nothing was changed.")
    return f"{localize(error.sentences)} {unchanged}"


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise InvalidInputError(
            "file", "", "is too large to hold settings", "Choose one that this program has written."
        )
    return data


def _write(path: Path, text: str) -> None:
    """Write the file completely or not at all."""
    under_way = path.with_name(path.name + ".tmp")
    under_way.write_text(text, encoding="utf-8")
    os.replace(under_way, path)  # noqa: PTH105 as Path.replace, which follows no link either

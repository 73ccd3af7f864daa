"""The add dialog's controller: looks up links and adds downloads."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

from launcher_gui.downloads.errors.disk_errors import DestinationBusyError, DestinationExistsError
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.link_list import UnreadableListError
from launcher_gui.downloads.link_preview import LinkPreview
from launcher_gui.downloads.partial.model_file_check import pickle_warning
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.service import DownloadService
from launcher_gui.models.drafts import AddForm
from launcher_gui.recovery.exceptions import ExclusiveKeyError, InvalidInputError, RecoveryError
from launcher_gui.recovery.rules.decision import with_remedy
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.text.i18n import translate
from launcher_gui.text.message import NOTHING, as_message, localize, sentence
from launcher_gui.ui.add.add_flow import AddFlow

LOOK_AFTER_S = 0.35
"""Pause in typing before links are looked up."""

AT_ONCE = 4
"""How many servers are asked at the same time."""

LIST_LIMIT = 2 * 1024 * 1024
"""How many bytes of a list are read."""

_FIELDS = {"link": "url", "folder": "folder", "file name": "name", "SHA-256": "sha256", "BLAKE3": "sha256"}


class AddController:
    """Serves the add dialog.

    Args:
        service: The downloads.
        flow: The dialog's side.
        opened: Returns once the store is open.
        notice: Shows a message above the list.
    """

    def __init__(
        self,
        service: DownloadService,
        flow: AddFlow,
        opened: Callable[[], Awaitable[None]],
        notice: Callable[[str], None],
    ) -> None:
        self._service, self._flow, self._opened, self._notice = service, flow, opened, notice
        self._prospects: dict[str, LinkPreview] = {}
        self._looking: asyncio.Task[None] | None = None
        flow.submitted.connect(lambda forms: spawn(self._add(forms), "adding downloads"))
        flow.looked_for.connect(self._look_for)
        flow.list_wanted.connect(lambda paths: spawn(self._read(paths), "reading a list"))

    def stop(self) -> None:
        """Stop looking up links."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _add(self, forms: tuple[AddForm, ...]) -> None:
        self.stop()
        refusals: dict[AddForm, tuple[str, str]] = {}
        added: dict[AddForm, DownloadRequest] = {}
        unforeseen: Exception | None = None
        for form in forms:
            try:
                added[form] = await self._add_one(form)
            except Exception as error:  # noqa: BLE001 the dialog has to be answered whatever it is
                refusals[form] = refusal_of(error)
                if not isinstance(error, RecoveryError | DownloadError):
                    unforeseen = error
        answered = self._flow.show_answer(refusals)
        self._warn_of([request.destination.name for form, request in added.items() if form not in refusals])
        if refusals and not answered:
            self._notice(next(iter(refusals.values()))[1])
        if unforeseen is not None:
            raise unforeseen

    async def _add_one(self, form: AddForm) -> DownloadRequest:
        await self._opened()
        request = self._parse(form)
        await self._service.check(request)
        await self._service.add(request)
        return request

    def _warn_of(self, names: list[str]) -> None:
        risky = {name: warning for name in names if (warning := pickle_warning(name))}
        if len(risky) == 1:
            ((name, warning),) = risky.items()
            self._notice(f"{name}: {localize(warning)}")
        elif risky:
            several = translate("adding", "{count} of these files: {warning}")
            self._notice(several.format(count=len(risky), warning=localize(next(iter(risky.values())))))

    def _look_for(self, forms: tuple[AddForm, ...]) -> None:
        self.stop()
        if forms:
            self._looking = spawn(self._look(forms), "finding out about links")
        else:
            self._prospects.clear()

    async def _look(self, forms: tuple[AddForm, ...]) -> None:
        with contextlib.suppress(RecoveryError):  # adding reports it
            await self._opened()
            await self._service.clock.sleep(LOOK_AFTER_S)
            requests = {form: self._parsed(form) for form in forms}
            known = {form: request for form, request in requests.items() if request is not None}
            await self._look_around(known)
            if self._service.settings().probe_links:
                await self._probe_all(known)
                await self._look_around(known)

    def _parse(self, form: AddForm) -> DownloadRequest:
        return self._service.parse(form.url, form.folder, form.name, form.sha256, form.mirrors)

    def _parsed(self, form: AddForm) -> DownloadRequest | None:
        try:
            return self._parse(form)
        except InvalidInputError:
            return None

    async def _look_around(self, known: Mapping[AddForm, DownloadRequest]) -> None:
        named = [self._named(form, request) for form, request in known.items()]
        names = [request.destination.name for request in named]
        recent = [*self._flow.recent(), *(request.folder for request in named)]
        self._flow.show_surroundings(await self._service.look_around(named, names, recent))

    def _named(self, form: AddForm, request: DownloadRequest) -> DownloadRequest:
        prospect = self._prospects.get(form.url)
        return request if prospect is None or request.name else replace(request, name=prospect.name)

    async def _probe_all(self, known: Mapping[AddForm, DownloadRequest]) -> None:
        turn = asyncio.Semaphore(AT_ONCE)

        async def probe(form: AddForm, request: DownloadRequest) -> None:
            self._flow.show_prospect(form.url, self._prospects.get(form.url))
            async with turn:
                if form.url not in self._prospects:
                    self._prospects[form.url] = await self._service.probe(request)
            self._flow.show_prospect(form.url, self._prospects[form.url])

        async with asyncio.TaskGroup() as group:
            for form, request in known.items():
                group.create_task(probe(form, request))

    async def _read(self, paths: tuple[str, ...]) -> None:
        for path in paths:
            try:
                text = await self._service.read_list(path, LIST_LIMIT)
            except (OSError, UnreadableListError) as error:
                told = error.message if isinstance(error, UnreadableListError) else error.strerror
                why = localize(as_message(told or str(error)))
                words = translate("adding", "{name} is not a list of links: {why}.")
                self._notice(words.format(name=Path(path).name, why=why))
            else:
                self._flow.add_text(text)


def refusal_of(error: Exception) -> tuple[str, str]:
    """Return the form field that ``error`` belongs to, and its message."""
    match error:
        case InvalidInputError():
            return _FIELDS.get(error.field, ""), localize(error.sentences)
        case DestinationExistsError() | DestinationBusyError() | ExclusiveKeyError():
            return "name", _with_fix(error)
        case DownloadError():
            return "folder", _with_fix(error)
        case RecoveryError():
            return "", problem_text(error)
        case _:
            words = translate("adding", "It could not be added: {error}. See the terminal for details.")
            return "", words.format(error=type(error).__name__)


def problem_text(error: RecoveryError) -> str:
    """Return the problem as a sentence."""
    return _stopped(sentence(error.message))


def _with_fix(error: DownloadError | ExclusiveKeyError) -> str:
    """Return the problem and its remedy."""
    fix = error.classification.fix if isinstance(error, DownloadError) else NOTHING
    return _stopped(sentence(with_remedy(error.message, fix)))


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."

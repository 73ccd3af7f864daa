"""The translations hold every word of the code, and say all of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import translations
from PySide6.QtCore import QTranslator
from translations import FOLDER, LANGUAGES, Message

from launcher_gui.ui.common.language import languages

_FIELD = re.compile(r"\{\w+\}|%n")
_KEY = re.compile(r"&(?=\w)")


def _identity(message: Message) -> tuple[str, str, str, bool]:
    return message.context, message.source, message.comment, message.plural


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_code_is_missing(language: str, tmp_path: Path) -> None:
    """Whoever adds or changes words collects them: ``python packaging/translations.py``."""
    file = f"{language}.ts"
    shutil.copy(FOLDER / file, tmp_path / file)
    translations.collect(tmp_path)
    written, wanted = ({_identity(m) for m in translations.messages(folder / file)} for folder in (FOLDER, tmp_path))
    assert wanted - written == set(), "collect them: python packaging/translations.py"
    assert written - wanted == set(), "some are no longer said: python packaging/translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_said(language: str) -> None:
    """No word is left as it is in the code because nobody has translated it."""
    assert [m.source for m in translations.lacking(translations.messages(FOLDER / f"{language}.ts"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_the_program_fills_in_is_lost(language: str) -> None:
    """Each text has the fields, the key of its menu, the closing mark and the space around it of the one it stands for.

    The first form of a plural may leave its number out: it may say "once".
    """
    for message in translations.messages(FOLDER / f"{language}.ts"):
        for number, text in enumerate(message.forms):
            fields, said = set(_FIELD.findall(message.source)), set(_FIELD.findall(text))
            assert said == fields or (message.plural and number == 0 and said == fields - {"%n"}), text
            assert len(_KEY.findall(text)) == len(_KEY.findall(message.source)), text
            assert (text[:1].isspace(), text[-1:].isspace()) == (message.source[:1].isspace(), False), text
            assert text.endswith("…") == message.source.endswith("…"), text
            assert text.endswith(".") == message.source.endswith("."), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_qt_loads_says_what_is_written(language: str) -> None:
    """The .qm file beside a .ts file was made of it: ``python packaging/translations.py``."""
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"{language}.qm"))
    for message in translations.messages(FOLDER / f"{language}.ts"):
        numbers = (1, 2) if message.plural else (-1,)
        said = tuple(translator.translate(message.context, message.source, message.comment, n) for n in numbers)
        assert said == message.forms, "make them anew: python packaging/translations.py"


def test_the_window_offers_what_is_collected() -> None:
    """Every language that is collected can be chosen."""
    assert languages() == set(LANGUAGES)


def test_what_is_lacking_is_told() -> None:
    """Unanswered, empty and half empty messages are all told of."""
    told = Message("c", "told", "", ("gesagt",), plural=False, finished=True)
    half = Message("c", "%n", "", ("eins", ""), plural=True, finished=True)
    open_ = Message("c", "open", "", ("offen",), plural=False, finished=False)
    assert translations.lacking([told, half, open_]) == [half, open_]

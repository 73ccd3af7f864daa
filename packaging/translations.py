"""Collect the words of the program into resources/translations and make of them what Qt loads.

Run it after words have changed. It says which ones a language still lacks; write those into the language's .ts file
(by hand or with Qt Linguist) and run it again. The .ts files are the source; the .qm files are made of them and kept
beside them, so that a checkout, the wheel and the packaged program all find them without a step of their own.
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de", "en")
PLURALS_ONLY = "en"
"""The language that the code is written in: only its plurals are not in the code."""

_ARGUMENTS = ("-silent", "-locations", "none", "-no-obsolete", "-tr-function-alias", "QT_TRANSLATE_NOOP+=marked")


@dataclass(frozen=True)
class Message:
    """Words and how a language says them.

    Attributes:
        context: Where they are said.
        source: The words in the code.
        comment: What tells them from the same words of the same context.
        forms: What is said: one text, or one for each form of the plural; empty texts where it is not known yet.
        plural: Whether they depend on a number.
        finished: Whether somebody has answered for what is said.
    """

    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    plural: bool
    finished: bool


def messages(ts: Path) -> tuple[Message, ...]:
    """Return what stands in a .ts file."""
    return tuple(_messages(ET.parse(ts).getroot()))  # noqa: S314 a file of our own


def lacking(found: Iterable[Message]) -> list[Message]:
    """Return those messages that are not said yet, or not wholly."""
    return [message for message in found if not message.finished or not all(message.forms)]


def collect(folder: Path) -> None:
    """Bring the .ts files in ``folder`` up to date with the code: new words come unsaid, unused ones go."""
    with tempfile.TemporaryDirectory() as temporary:
        declared = Path(temporary) / "declared.py"
        lines = [f"marked({words[0]!r}, {words[1]!r})\n" for words in _declared()]
        lines += [f"translate({words[0]!r}, {words[1]!r}, '', ANY, n)\n" for words in _counted()]
        declared.write_text("".join(lines), encoding="utf-8")
        sources = [*sorted(str(path) for path in (ROOT / "launcher_gui").rglob("*.py")), str(declared)]
        for language in LANGUAGES:
            only = ("-pluralonly",) if language == PLURALS_ONLY else ()
            names = ("-source-language", "en", "-target-language", language)
            _run("lupdate", *_ARGUMENTS, *only, *names, *sources, "-ts", str(folder / f"{language}.ts"))


def compile_(folder: Path) -> None:
    """Make the .qm files in ``folder``."""
    for language in LANGUAGES:
        ts = folder / f"{language}.ts"
        _run("lrelease", "-silent", "-nounfinished", str(ts), "-qm", str(ts.with_suffix(".qm")))


def main() -> None:
    """Collect, make, and say what is lacking."""
    FOLDER.mkdir(exist_ok=True)
    collect(FOLDER)
    compile_(FOLDER)
    for language in LANGUAGES:
        left = lacking(messages(FOLDER / f"{language}.ts"))
        for message in left:
            print(f"{language}: {message.context}: {message.source}")
        print(f"{language}: {f'lacks {len(left)}' if left else 'complete'}")


def _declared() -> Iterator[tuple[str, str]]:
    """Yield the words that the catalogue and the settings' schema declare: context and words."""
    sys.path.insert(0, str(ROOT))
    from launcher_gui.settings.form import choice_label, pages  # noqa: PLC0415 the path has to be set first
    from launcher_gui.text.catalogue import TEMPLATES  # noqa: PLC0415 the same
    from launcher_gui.text.message import CONTEXT  # noqa: PLC0415 the same

    yield from ((CONTEXT, template) for template in TEMPLATES.values() if "%n" not in template)
    for title, fields in pages().items():
        yield "settings", title
        for field in fields:
            choices = map(choice_label, field.rule.choices)
            yield from (("settings", text) for text in (field.label, field.help, field.unit, *choices) if text)


def _counted() -> Iterator[tuple[str, str]]:
    """Yield the words whose plural ``counted`` decides on, which lupdate does not know: context and words."""
    from launcher_gui.text.catalogue import TEMPLATES  # noqa: PLC0415 the path has to be set first
    from launcher_gui.text.message import CONTEXT  # noqa: PLC0415 the same

    yield from ((CONTEXT, template) for template in TEMPLATES.values() if "%n" in template)
    for path in sorted((ROOT / "launcher_gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("counted"), [ast.Constant(str(context)), ast.Constant(str(text)), _]):
                    yield context, text


def _messages(root: ET.Element) -> Iterator[Message]:
    for context in root.iterfind("context"):
        for message in context.iterfind("message"):
            said = message.find("translation")
            if said is None or said.get("type") in {"vanished", "obsolete"}:
                continue
            plural = message.get("numerus") == "yes"
            forms = tuple(f.text or "" for f in said.iterfind("numerusform")) if plural else (said.text or "",)
            yield Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
                forms,
                plural,
                said.get("type") != "unfinished",
            )


def _run(tool: str, *arguments: str) -> None:
    folder = Path(PySide6.__file__).parent
    subprocess.run([str(folder / tool), *arguments], check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

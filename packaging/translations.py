"""Collect the texts of the program into resources/translations and compile them for Qt.

Run it after texts have changed. It lists the texts without a translation; add those to the language's .ts file (in an
editor or Qt Linguist) and run it again. The .qm files are compiled from the .ts files and kept beside them, so that a
checkout, the wheel and the packaged program need no step of their own.
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
"""The language of the code, which needs plural forms only."""

_ARGUMENTS = ("-silent", "-locations", "none", "-no-obsolete", "-tr-function-alias", "QT_TRANSLATE_NOOP+=marked")


@dataclass(frozen=True)
class Message:
    """A text and its translation.

    Attributes:
        context: The part of the program that uses it.
        source: The text in the code.
        comment: Distinguishes equal texts of one context.
        forms: The translation, or one for each plural form; empty where there is none yet.
        plural: Whether it depends on a number.
        finished: Whether a translator has confirmed it.
    """

    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    plural: bool
    finished: bool


def messages(ts: Path) -> tuple[Message, ...]:
    """Return the messages of a .ts file."""
    return tuple(_messages(ET.parse(ts).getroot()))  # noqa: S314 a file of this project


def lacking(found: Iterable[Message]) -> list[Message]:
    """Return the messages whose translation is missing or unfinished."""
    return [message for message in found if not message.finished or not all(message.forms)]


def collect(folder: Path) -> None:
    """Update the .ts files in ``folder`` from the code: new texts are added, unused ones removed."""
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
    """Compile the .qm files in ``folder``."""
    for language in LANGUAGES:
        ts = folder / f"{language}.ts"
        _run("lrelease", "-silent", "-nounfinished", str(ts), "-qm", str(ts.with_suffix(".qm")))


def main() -> None:
    """Collect, compile, and print what has no translation."""
    FOLDER.mkdir(exist_ok=True)
    collect(FOLDER)
    compile_(FOLDER)
    for language in LANGUAGES:
        left = lacking(messages(FOLDER / f"{language}.ts"))
        for message in left:
            print(f"{language}: {message.context}: {message.source}")
        print(f"{language}: {f'{len(left)} missing' if left else 'complete'}")


def _declared() -> Iterator[tuple[str, str]]:
    """Yield context and text of what the catalogue and the schema of settings declare."""
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
    """Yield context and text of plurals made with ``counted``, which lupdate does not recognise."""
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
            found = message.find("translation")
            if found is None or found.get("type") in {"vanished", "obsolete"}:
                continue
            plural = message.get("numerus") == "yes"
            forms = tuple(f.text or "" for f in found.iterfind("numerusform")) if plural else (found.text or "",)
            yield Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
                forms,
                plural,
                found.get("type") != "unfinished",
            )


def _run(tool: str, *arguments: str) -> None:
    folder = Path(PySide6.__file__).parent
    subprocess.run([str(folder / tool), *arguments], check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

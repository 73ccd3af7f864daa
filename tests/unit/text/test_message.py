"""Messages: facts as data, in English and in the language of the process, to JSON and back."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.text import catalogue
from launcher_gui.text.message import (
    NOTHING,
    Message,
    Value,
    as_message,
    english,
    fields,
    foreign,
    from_data,
    message,
    sentence,
    to_data,
)

PACKAGE = Path(__file__).parents[3] / "launcher_gui"

names = st.from_regex(r"[a-z]{1,8}(_s|_bytes)?", fullmatch=True)
values = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
messages = st.recursive(
    st.builds(foreign, st.text()),
    lambda inner: st.builds(
        lambda code, params: Message(code, tuple(sorted(params.items()))),
        st.sampled_from(sorted(catalogue.TEMPLATES)) | st.text(min_size=1),
        st.dictionaries(names, values | inner, max_size=4),
    ),
)


@given(messages)
def test_a_message_survives_json(fact: Message) -> None:
    """What is read back says the same and has the same parameters."""
    assert repr(from_data(to_data(fact))) == repr(fact)


@given(messages)
def test_every_message_can_be_said(fact: Message) -> None:
    """No code, parameter or text from elsewhere breaks the sentence."""
    assert isinstance(english(fact), str)


def test_parameters_are_written_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes, durations and nested messages come out as people read them."""
    template = "{free_bytes} free, {wait_s}, {cause}, {count}"
    monkeypatch.setitem(catalogue.TEMPLATES, "sample", template)
    fact = message("sample", free_bytes=6_900_000_000, wait_s=1.5, cause=foreign("reset"), count=3)
    assert english(fact) == "6.9 GB free, 1.5 s, reset, 3"


def test_a_sentence_begins_with_a_capital_unless_it_begins_with_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's name and a foreign text stay as they are."""
    monkeypatch.setitem(catalogue.TEMPLATES, "cause", "connection reset")
    monkeypatch.setitem(catalogue.TEMPLATES, "named", "{name} is in the way")
    assert sentence(message("cause")) == "Connection reset"
    assert sentence(message("named", name="model.ckpt")) == "model.ckpt is in the way"
    assert sentence(foreign("errno 5")) == "errno 5"


def test_a_plural_follows_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """``n`` stands for ``%n`` and decides on the plural."""
    monkeypatch.setitem(catalogue.TEMPLATES, "tries", "gave up after %n attempt(s)")
    assert english(message("tries", n=1)) == "gave up after 1 attempt"
    assert english(message("tries", n=2)) == "gave up after 2 attempts"


def test_a_code_of_a_newer_version_is_shown_as_it_is() -> None:
    """A store may hold codes that this version does not know."""
    assert english(message("from.the.future", x=1)) == "from.the.future"


def test_nothing_says_nothing() -> None:
    """An absent message is false and empty."""
    assert not NOTHING
    assert english(NOTHING) == ""
    assert as_message("") == NOTHING


@pytest.mark.parametrize("data", [{}, {"code": 1}, {"code": "a", "params": 3}, {"code": "a", "params": {"x": [1]}}])
def test_other_data_is_refused(data: dict[str, Value]) -> None:
    """What a store of another program holds is no message."""
    with pytest.raises(ValueError, match="not a"):
        from_data(data)


def test_no_template_is_declared_twice() -> None:
    """Each code stands in one file of the catalogue."""
    parts = [
        catalogue.recovery,
        catalogue.store,
        catalogue.downloads,
        catalogue.sources,
        catalogue.inputs,
        catalogue.settings,
    ]
    assert sum(len(part.TEMPLATES) for part in parts) + 1 == len(catalogue.TEMPLATES)


def test_every_code_used_has_a_template_with_its_parameters() -> None:
    """A code without a template, or with other parameters than its template's fields, is a mistake."""
    wrong = [
        f"{where}: {code}({', '.join(sorted(params))})"
        for where, code, params in _uses()
        if code not in catalogue.TEMPLATES or fields(catalogue.TEMPLATES[code]) != params
    ]
    assert wrong == []


def test_every_template_is_used() -> None:
    """A template that nothing says is dead."""
    assert set(catalogue.TEMPLATES) - {code for _, code, _ in _uses()} - {"text"} == set()


def test_tests_speak_in_known_codes() -> None:
    """Made-up contents of a store use codes that the program has, so that pictures show real sentences."""
    support = PACKAGE.parent / "tests" / "support"
    assert [(where, code) for where, code, _ in _uses(support) if code not in catalogue.TEMPLATES] == []


def _uses(folder: Path = PACKAGE) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield each call of ``message``: where, which code, with which parameters."""
    for path in sorted(folder.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "text"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message":
                where = f"{path.relative_to(folder)}:{node.lineno}"
                first = node.args[0] if node.args else None
                assert isinstance(first, ast.Constant), f"{where}: the code has to be a literal"
                assert all(keyword.arg for keyword in node.keywords), f"{where}: parameters have to be named"
                yield where, str(first.value), frozenset(str(keyword.arg) for keyword in node.keywords)

"""The text typed into the add dialog: how it is parsed, and what is said about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.modeltest import ModelTester

from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.models.draft_table import DraftColumn, DraftTableModel
from launcher_gui.models.drafts import MOST_FORMS, AddForm, Draft, DraftRow, draft_of, row_of, totals

A, B, SHA = "https://example.org/a.bin", "https://example.org/b.bin", "ab" * 32


def test_one_bare_link_is_plain() -> None:
    """With a single link, name and SHA-256 have fields of their own; with more text or more lines they do not."""
    assert draft_of(A, "/m") == Draft((AddForm(A, "/m"),), {})
    assert draft_of(A, "/m").is_plain
    assert not draft_of(f"{A} {SHA}", "/m").is_plain
    assert not draft_of(f"{A}\n{B}", "/m").is_plain
    assert draft_of("", "/m").is_plain


def test_a_form_becomes_its_lines_again() -> None:
    """Text that is kept in the dialog keeps its meaning."""
    forms = (AddForm(A, "/m", "my name.bin", SHA, (B,)), AddForm(B, "/m"))
    assert draft_of("\n".join(form.line for form in forms), "/m").forms == forms


def test_what_is_wrong_is_told_by_download() -> None:
    """Two problems: a line that is not valid, and two lines with the same name."""
    draft = draft_of(f"nonsense\n{A}\nhttps://example.net/a.bin", "/m")
    assert set(draft.problems or {}) == {0, 2}
    assert -1 in (draft_of("\n".join(f"{A}{n}" for n in range(MOST_FORMS + 1)), "/m").problems or {})


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever is pasted can be parsed, with something to show."""
    draft = draft_of(text, "/m")
    for number, form in enumerate(draft.forms):
        assert row_of(form, (draft.problems or {}).get(number, ""), None, DestinationInfo()).name


@pytest.mark.parametrize(
    ("around", "words", "is_problem"),
    [
        (DestinationInfo(taken=frozenset({"/m/a.bin"})), "Already in this folder", True),
        (DestinationInfo(listed={"/m/a.bin": A}), "Already in the list", False),
        (DestinationInfo(listed={"/m/a.bin": B}), "Another download", True),
        (DestinationInfo(), "Hugging Face, SHA-256 known", False),
    ],
)
def test_duplicates_go_before_what_the_server_says(around: DestinationInfo, words: str, is_problem: bool) -> None:
    """Reasons against adding come first."""
    row = row_of(AddForm(A, "/m"), "", LinkPreview("a.bin", 7, SHA, True, "Hugging Face"), around)
    assert row.note.startswith(words)
    assert (row.size, row.resumable, row.is_problem) == (7, True, is_problem)


def test_the_name_that_the_server_gives_counts_unless_one_was_typed() -> None:
    """An existing file is looked up under the name that the download will have."""
    taken = DestinationInfo(taken=frozenset({"/m/real.bin"}))
    assert row_of(AddForm(A, "/m"), "", LinkPreview("real.bin"), taken).is_problem
    assert not row_of(AddForm(A, "/m", "mine.bin"), "", LinkPreview("real.bin"), taken).is_problem


def test_the_sum_says_what_is_not_known_and_what_does_not_fit() -> None:
    """A total does not include guesses."""
    rows = [DraftRow("a", 3_000_000), DraftRow("b")]
    assert totals(rows, 10_000_000) == ("2 files · 3.0 MB and 1 of unknown size · 10.0 MB free", True)
    assert totals(rows, 1_000_000) == ("2 files · 3.0 MB and 1 of unknown size · 1.0 MB free: not enough space", False)
    assert totals([DraftRow("b")], None) == ("1 file · size unknown", True)


def test_the_table_keeps_to_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    """Rows are added, changed and removed."""
    model = DraftTableModel()
    qtmodeltester.check(model)
    model.show([DraftRow("a", 3_000_000, True, "fine"), DraftRow("b")])
    cells = [model.index(0, column).data() for column in DraftColumn]
    assert cells == ["a", "3.0 MB", "yes", "fine"]
    model.show([DraftRow("a", None, False), DraftRow("c")])
    assert [model.index(0, column).data() for column in DraftColumn] == ["a", "", "no", ""]
    model.show([])

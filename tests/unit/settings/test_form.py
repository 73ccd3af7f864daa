"""The settings form: it has every field of the schema, and checks typed text by the schema."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.config import fields_of
from launcher_gui.settings.form import FOR_DEVELOPERS, matches, pages, problem_of, schedule, to_text, value_of
from launcher_gui.settings.schema import Settings

FIELDS = {field.name: field for page in pages().values() for field in page}
VALUES: dict[str, Any] = dataclasses.asdict(Settings())


def test_every_setting_is_on_one_page() -> None:
    """A new setting of the schema is in the dialog automatically, unless it is for developers; each is there once."""
    shown = [field.name for page in pages().values() for field in page]
    assert sorted(shown) == sorted({name for name, _, _ in fields_of(Settings)} - FOR_DEVELOPERS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_default_is_typed_as_it_is_read(name: str) -> None:
    """The text of an unchanged field parses to its default."""
    field = FIELDS[name]
    text = to_text(field.default)
    assert problem_of(field, text) == ""
    assert value_of(field, text) == field.default


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("max_retries", "-1", "This is out of range. Use a whole number from 0 to 1,000,000."),
        ("max_retries", "2.5", "This is not a whole number. Use a whole number from 0 to 1,000,000."),
        ("initial_delay", "", "This is not a number. Use a number from 0 to 86,400 seconds."),
        ("initial_delay", "nan", "This is out of range. Use a number from 0 to 86,400 seconds."),
        ("download_folder", "", ""),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(name: str, text: str, problem: str) -> None:
    """An error message says what is allowed."""
    assert problem_of(FIELDS[name], text) == problem


def test_settings_are_found_by_any_of_their_words() -> None:
    """Label, help, schema name and environment variable all find a setting."""
    field = FIELDS["stall_timeout"]
    for text in ("stall", "no data", "RECOVERY_STALL", "Timeout DATA arrives"):
        assert matches(field, text)
    assert not matches(field, "stall jitter")


def test_the_schedule_is_what_the_retries_wait() -> None:
    """Waits grow by the factor up to the limit; jitter only shortens them."""
    shown = schedule({**VALUES, "max_retries": 4, "initial_delay": 1.0, "max_delay": 5.0, "jitter": 0.5})
    assert shown == ((0.5, 1.0), (1.0, 2.0), (2.0, 4.0), (2.5, 5.0))


@given(st.integers(0, 50), st.floats(0, 86_400), st.floats(1, 100), st.floats(0, 86_400), st.floats(0, 1))
def test_any_schedule_can_be_drawn(retries: int, first: float, factor: float, longest: float, jitter: float) -> None:
    """There are never more waits than retries, and none is negative or above the limit."""
    values = {"max_retries": retries, "initial_delay": first, "backoff_factor": factor, "max_delay": longest}
    shown = schedule({**VALUES, **values, "jitter": jitter})
    assert len(shown) == min(12, retries)
    assert all(0 <= least <= most <= longest for least, most in shown)

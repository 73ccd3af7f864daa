"""The configuration: every field from every origin, and one clear error for each invalid value."""

from __future__ import annotations

import contextlib
import dataclasses
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.config import RecoveryConfig, fields_of, parse, setting
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.execution.decorator import recoverable, recovery_of

DEFAULTS = RecoveryConfig()
FIELDS = fields_of(RecoveryConfig)
NUMBERS = {field: kind for field, _, kind in FIELDS if kind in {int, float}}
NAMES = [field for field, _, _ in FIELDS]
SWITCHES = [field for field, _, kind in FIELDS if kind is bool]

HUGE = "1" + "0" * 400


@dataclasses.dataclass(frozen=True)
class OtherKinds(RecoveryConfig):
    """Fields of kinds that the library itself lacks."""

    switch: bool = setting(True, "A switch.")
    text: str = setting("", "A text.")


def variable(field: str) -> str:
    """Return the environment variable of ``field``."""
    return f"RECOVERY_{field.upper()}"


def another_value(field: str) -> float | int:
    """Return a valid value of ``field`` other than its default."""
    if field in SWITCHES:
        return not getattr(DEFAULTS, field)
    rule = next(rule for name, rule, _ in FIELDS if name == field)
    assert rule.minimum is not None
    assert rule.maximum is not None
    return next(v for v in (rule.minimum, rule.maximum) if v != getattr(DEFAULTS, field))


@pytest.mark.parametrize("field", NAMES)
def test_every_field_has_its_variable(field: str) -> None:
    """RECOVERY_<FIELD> sets the field and no other."""
    value = another_value(field)
    config = RecoveryConfig.load({variable(field): f" {value} "})
    assert config == RecoveryConfig(**{field: value})  # type: ignore[arg-type]
    assert RecoveryConfig.fixed_by({variable(field): "x", "RECOVERY_OTHER": "y"}) == {field}


@pytest.mark.parametrize("field", NAMES)
def test_every_field_is_declared_whole(field: str) -> None:
    """Every field has a help text, and a number has a range that includes its default."""
    rule = next(rule for name, rule, _ in FIELDS if name == field)
    assert rule.help.endswith(".")
    if field in SWITCHES:
        assert isinstance(getattr(DEFAULTS, field), bool)
        return
    assert rule.minimum is not None
    assert rule.maximum is not None
    assert rule.minimum <= getattr(DEFAULTS, field) <= rule.maximum


@pytest.mark.parametrize("text", ["three", "", "nan", "inf", "-inf", "-1", "1e999", HUGE, "0x10", "1,5", "1;2"])
@pytest.mark.parametrize("field", NAMES)
def test_a_bad_variable_is_one_clear_error(field: str, text: str) -> None:
    """The error names the variable, the value, and what is allowed."""
    with pytest.raises(InvalidInputError) as caught:
        RecoveryConfig.load({variable(field): text})
    assert caught.value.field == variable(field)
    assert str(caught.value).startswith(variable(field))
    assert repr(caught.value.value)[:20] in str(caught.value)
    if field in SWITCHES:
        assert str(caught.value.remedy) == "Use true or false"
        return
    assert str(caught.value.remedy).startswith("Use a ")
    assert " from " in str(caught.value.remedy)


@pytest.mark.parametrize("field", [field for field, kind in NUMBERS.items() if kind is int])
def test_a_whole_number_has_no_fraction(field: str) -> None:
    """2.5 retries are refused, not rounded."""
    with pytest.raises(InvalidInputError, match="is not a whole number"):
        RecoveryConfig.load({variable(field): "2.5"})


@pytest.mark.parametrize("value", [True, "3", None, [3], math.nan, math.inf, -1, 10**400], ids=str)
@pytest.mark.parametrize("field", NUMBERS)
def test_a_bad_argument_names_the_field(field: str, value: object) -> None:
    """A value of the wrong type or size is refused at once, also a bool for a number."""
    with pytest.raises(InvalidInputError) as caught:
        RecoveryConfig(**{field: value})  # type: ignore[arg-type]
    assert caught.value.field == field


@given(st.sampled_from(NAMES), st.one_of(st.floats(), st.integers(), st.text(), st.none(), st.booleans(), st.binary()))
def test_a_value_is_allowed_or_refused_and_nothing_else(field: str, value: Any) -> None:
    """Every value is accepted by its field's rule or refused with one error."""
    rule = next(rule for name, rule, _ in FIELDS if name == field)
    try:
        config = RecoveryConfig(**{field: value})
    except InvalidInputError:
        return
    if field in SWITCHES:
        assert isinstance(value, bool)
        return
    assert rule.minimum is not None
    assert rule.maximum is not None
    assert rule.minimum <= getattr(config, field) <= rule.maximum


@given(st.sampled_from(NAMES), st.text())
def test_a_text_is_read_or_refused_and_nothing_else(field: str, text: str) -> None:
    """Every environment text is a value or a clear error."""
    rule, kind = next((rule, kind) for name, rule, kind in FIELDS if name == field)
    with contextlib.suppress(InvalidInputError):
        assert isinstance(parse(variable(field), text, kind, rule), kind)


@pytest.mark.parametrize("value", ["three", None, -1, 10**400, math.nan, True, [1], {"a": 1}], ids=str)
@pytest.mark.parametrize("field", NUMBERS)
def test_a_stored_value_that_is_not_allowed_falls_back(field: str, value: object) -> None:
    """An invalid stored value falls back to the default."""
    assert RecoveryConfig.load({}, {field: value}) == DEFAULTS


def test_unknown_stored_fields_are_passed_over() -> None:
    """A setting of a newer version does not prevent a start."""
    assert RecoveryConfig.load({}, {"invented_later": 1}) == DEFAULTS


@pytest.mark.parametrize("field", NAMES)
def test_the_environment_comes_before_the_store(field: str) -> None:
    """Precedence is environment, store, default."""
    value, default = another_value(field), getattr(DEFAULTS, field)
    assert getattr(RecoveryConfig.load({variable(field): str(default)}, {field: value}), field) == default
    assert getattr(RecoveryConfig.load({}, {field: value}), field) == value


def test_the_decorator_s_argument_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The decorator comes first; the environment is read each time."""

    @recoverable(max_retries=7)
    async def work() -> None:
        pass

    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "2")
    monkeypatch.setenv("RECOVERY_MAX_DELAY", "9")
    config = recovery_of(work)._config()
    assert (config.max_retries, config.max_delay) == (7, 9.0)


def test_a_wrong_decorator_argument_is_told_where_it_stands() -> None:
    """An invalid value fails at the definition, not at the first failure."""

    async def work() -> None:
        pass

    with pytest.raises(InvalidInputError, match="max_retries -1 is out of range"):
        recoverable(max_retries=-1)(work)


@pytest.mark.parametrize(("text", "value"), [("TRUE", True), ("1", True), ("on", True), ("No", False), ("off", False)])
def test_switches_read_what_people_write(text: str, value: bool) -> None:
    """The usual words for yes and no are accepted."""
    assert OtherKinds.load({"RECOVERY_SWITCH": text}).switch is value


@pytest.mark.parametrize("text", ["maybe", "", "2"])
def test_a_switch_refuses_other_words(text: str) -> None:
    """Other words are refused with a list of the accepted ones."""
    with pytest.raises(InvalidInputError, match="Use true or false"):
        OtherKinds.load({"RECOVERY_SWITCH": text})


@pytest.mark.parametrize("value", ["true", 1, 0.0, None, [True]], ids=repr)
@pytest.mark.parametrize("field", SWITCHES)
def test_a_switch_is_told_by_a_truth_value_alone(field: str, value: Any) -> None:
    """In code only a bool is accepted; other stored values fall back to the default."""
    with pytest.raises(InvalidInputError) as caught:
        RecoveryConfig(**{field: value})
    assert caught.value.field == field
    assert RecoveryConfig.load({}, {field: value}) == DEFAULTS


def test_a_switch_is_no_number() -> None:
    """1 is not accepted for true in code."""
    with pytest.raises(InvalidInputError, match="switch 1 is not true or false"):
        OtherKinds(switch=1)  # type: ignore[arg-type]


def test_a_text_is_taken_as_it_is() -> None:
    """A text field strips surrounding spaces only."""
    assert OtherKinds.load({"RECOVERY_TEXT": " /models "}).text == "/models"

"""The configuration: each field is declared once with its default, bounds, unit and help; the rest derives from it.

Precedence: the decorator, then the environment (``RECOVERY_<FIELD>``), then ``update_config`` in this process, then the
settings in the store, then the default.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar, get_type_hints

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.text.message import Message, message

ENVIRONMENT_PREFIX = "RECOVERY_"

T = TypeVar("T")

_fields: dict[type, tuple[tuple[str, FieldRule, type], ...]] = {}


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What a configuration field means and which values it allows.

    Attributes:
        help: What it does, as a sentence for the user.
        unit: The unit of its value ("s"), empty if it has none.
        minimum: Least value allowed, for numbers.
        maximum: Greatest value allowed, for numbers.
        read: Parses a text, and raises ``ValueError`` with the problem; ``None`` if any text is valid.
        form: The form of the text that ``read`` accepts.
        choices: The only values allowed, for text; empty if any is.
        refuse: Returns the problem with a text and the remedy, ``None`` if it is valid.
    """

    help: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    read: Callable[[str], object] | None = None
    form: str = "text"
    choices: tuple[str, ...] = ()
    refuse: Callable[[str], tuple[Message, Message] | None] | None = None


def setting(
    default: T,
    help: str,  # noqa: A002 the name of the field
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    read: Callable[[str], object] | None = None,
    form: str = "text",
    choices: tuple[str, ...] = (),
    refuse: Callable[[str], tuple[Message, Message] | None] | None = None,
) -> T:
    """Declare a configuration field: its default and its rule."""
    rule = FieldRule(help, unit, minimum, maximum, read, form, choices, refuse)
    return dataclasses.field(default=default, metadata={"rule": rule})


@dataclass(frozen=True)
class RecoveryConfig:
    """The configuration of retries and circuit breakers. Every field can be set as ``RECOVERY_<FIELD>``.

    Raises:
        InvalidInputError: If a field does not allow its value.
    """

    enabled: bool = setting(True, "Turns supervision of functions on or off.")
    max_retries: int = setting(3, "Give up after this many retries.", minimum=0, maximum=1_000_000)
    initial_delay: float = setting(1.0, "Pause after the first failure.", unit="s", minimum=0, maximum=86_400)
    backoff_factor: float = setting(2.0, "Each pause is this many times longer than the last.", minimum=1, maximum=100)
    max_delay: float = setting(60.0, "Longest pause between retries.", unit="s", minimum=0, maximum=86_400)
    jitter: float = setting(
        0.5,
        "Randomise pauses (0 = off, 1 = full).",
        minimum=0,
        maximum=1,
    )
    max_retry_after: float = setting(
        900.0,
        "Give up if a server asks to wait longer than this.",
        unit="s",
        minimum=0,
        maximum=86_400,
    )
    timeout: float = setting(
        0.0, "Time limit for one attempt (0 = unlimited).", unit="s", minimum=0, maximum=31_536_000
    )
    total_timeout: float = setting(
        0.0,
        "Time limit for all attempts together (0 = unlimited).",
        unit="s",
        minimum=0,
        maximum=31_536_000,
    )
    max_recoveries: int = setting(
        5,
        "Stop auto-resuming after this many crashes without progress.",
        minimum=0,
        maximum=1_000_000,
    )
    circuit_breaker_threshold: int = setting(
        5, "Pause a host after this many failures in a row.", minimum=1, maximum=1_000_000
    )
    circuit_breaker_timeout: float = setting(
        60.0, "First pause; it grows while the host keeps failing.", unit="s", minimum=0.001, maximum=86_400
    )

    circuit_breaker_failure_rate: float = setting(
        0.0, "Also pause a host when this share of requests fails (0 = off).", minimum=0, maximum=1
    )
    circuit_breaker_window: float = setting(
        60.0, "Time span for the failure share.", unit="s", minimum=0.1, maximum=86_400
    )
    circuit_breaker_minimum_calls: int = setting(
        10, "Minimum requests before the share counts.", minimum=1, maximum=1_000_000
    )
    circuit_breaker_slow_call: float = setting(
        0.0,
        "Treat slower responses as failures (0 = off).",
        unit="s",
        minimum=0,
        maximum=86_400,
    )
    circuit_breaker_probes: int = setting(
        1, "Downloads that must succeed before a paused host is OK again.", minimum=1, maximum=1000
    )
    retry_budget: int = setting(
        0,
        "Tokens that all retries to a host share; a retry costs 14 (0 = off).",
        minimum=0,
        maximum=1_000_000,
    )
    persistence_enabled: bool = setting(True, "Turns recording of supervised calls on or off.")

    def __post_init__(self) -> None:
        for field, rule, kind in fields_of(type(self)):
            check(field, getattr(self, field), kind, rule)

    @classmethod
    def load(cls, environ: Mapping[str, str], stored: Mapping[str, Any] | None = None) -> Self:
        """Return the configuration from ``environ`` and the ``stored`` settings.

        A stored value that this version does not allow falls back to the default: another version wrote it, and the
        calling program cannot correct it.

        Raises:
            InvalidInputError: If a variable has a value that its field does not allow.
        """
        values: dict[str, Any] = {}
        for field, rule, kind in fields_of(cls):
            name = ENVIRONMENT_PREFIX + field.upper()
            if name in environ:
                values[field] = parse(name, environ[name], kind, rule)
            elif stored is not None and field in stored and _allowed(field, stored[field], kind, rule):
                values[field] = stored[field]
        return cls(**values)

    @classmethod
    def fixed_by(cls, environ: Mapping[str, str]) -> frozenset[str]:
        """Return the fields that ``environ`` sets."""
        return frozenset(f for f, _, _ in fields_of(cls) if ENVIRONMENT_PREFIX + f.upper() in environ)


def fields_of(config: type[RecoveryConfig]) -> tuple[tuple[str, FieldRule, type], ...]:
    """Return name, rule and type of every field of ``config``, in order."""
    if config not in _fields:
        hints = get_type_hints(config)
        _fields[config] = tuple((f.name, f.metadata["rule"], hints[f.name]) for f in dataclasses.fields(config))
    return _fields[config]


def parse(name: str, text: str, kind: type, rule: FieldRule) -> Any:
    """Parse ``text`` and check the value.

    Raises:
        InvalidInputError: If the field does not allow it; the error names ``name``.
    """
    cleaned = text.strip()
    value: Any = cleaned
    try:
        if kind is bool:
            value = _parse_bool(cleaned)
        elif kind is int:
            value = int(cleaned)
        elif kind is float:
            value = float(cleaned)
    except ValueError:
        raise InvalidInputError(name, text, _wrong_type(kind), allowed_values(kind, rule)) from None
    check(name, value, kind, rule)
    return value


def check(name: str, value: object, kind: type, rule: FieldRule) -> None:
    """Refuse ``value`` if the field does not allow it.

    Raises:
        InvalidInputError: Naming the field, the value and what is allowed.
    """
    right_type = isinstance(value, kind) or (kind is float and isinstance(value, int))
    if not right_type or (isinstance(value, bool) and kind is not bool):
        raise InvalidInputError(name, value, _wrong_type(kind), allowed_values(kind, rule))
    if isinstance(value, int | float) and not isinstance(value, bool):
        too_low = rule.minimum is not None and value < rule.minimum
        too_high = rule.maximum is not None and value > rule.maximum
        # The bounds come first: an integer may be too large for isfinite().
        if too_low or too_high or not math.isfinite(value):
            raise InvalidInputError(name, value, message("setting.out_of_range"), allowed_values(kind, rule))
    if isinstance(value, str):
        _check_text(name, value, rule)


def _check_text(name: str, value: str, rule: FieldRule) -> None:
    if rule.read is not None:
        try:
            rule.read(value)
        except ValueError as error:
            problem = getattr(error, "message", None)
            known = problem if isinstance(problem, Message) else str(error)
            raise InvalidInputError(name, value, known, allowed_values(str, rule)) from None
    if rule.choices and value not in rule.choices:
        raise InvalidInputError(name, value, message("setting.not_a_choice"), allowed_values(str, rule))
    if rule.refuse is not None and (wrong := rule.refuse(value)) is not None:
        why, remedy = wrong
        raise InvalidInputError(name, "", why, remedy)  # the refused text may contain a password


def check_all(config: type[RecoveryConfig], changes: Mapping[str, object]) -> None:
    """Refuse ``changes`` if ``config`` has no such field, or the field does not allow its value.

    ``None`` resets a field.

    Raises:
        InvalidInputError: Naming the field, the value and what is allowed.
    """
    rules = {field: (rule, kind) for field, rule, kind in fields_of(config)}
    for field, value in changes.items():
        if field not in rules:
            raise InvalidInputError(
                "field", field, message("setting.unknown"), message("setting.use_choices", choices=", ".join(rules))
            )
        rule, kind = rules[field]
        if value is not None:
            check(field, value, kind, rule)


def allowed_values(kind: type, rule: FieldRule) -> Message:
    """Return the values that a field allows, as an instruction."""
    if kind is bool:
        return message("setting.use_true_or_false")
    if kind is str and rule.choices:
        return message("setting.use_choices", choices=", ".join(rule.choices))
    if kind is str:
        return message("setting.use_form", form=rule.form)
    least, most = f"{rule.minimum:g}", f"{rule.maximum:,.12g}"
    unit = f" {'seconds' if rule.unit == 's' else rule.unit}" if rule.unit else ""
    if kind is int:
        return message("setting.use_whole_number", least=least, most=most, unit=unit)
    return message("setting.use_number", least=least, most=most, unit=unit)


def _allowed(name: str, value: object, kind: type, rule: FieldRule) -> bool:
    try:
        check(name, value, kind, rule)
    except InvalidInputError:
        return False
    return True


def _wrong_type(kind: type) -> Message:
    known = {
        int: message("setting.not_whole_number"),
        float: message("setting.not_number"),
        bool: message("setting.not_true_or_false"),
    }
    return known.get(kind) or message("setting.not_text")


def _parse_bool(text: str) -> bool:
    words = {
        "true": True,
        "1": True,
        "yes": True,
        "on": True,
        "false": False,
        "0": False,
        "no": False,
        "off": False,
    }
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]

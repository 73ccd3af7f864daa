"""What happened, as data: a code with parameters. A sentence is made of it where it is shown.

A ``Message`` travels from where a fact arises (a classifier, the decision after a failure, a check of input) through
the store to the window, the command line or a report. Its template stands in ``launcher_gui.text.catalogue``; nothing
parses a sentence back into a fact.

The name of a parameter says how its value is written: ``..._bytes`` as a size, ``..._s`` as a duration, ``n`` as the
number that decides on the plural. A parameter can be a message itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from launcher_gui.text import formatting, i18n
from launcher_gui.text.catalogue import TEMPLATES
from launcher_gui.text.i18n import ENGLISH, Language

CONTEXT = "messages"
"""The context of the catalogue's templates in the translations."""

FOREIGN = "text"
"""The code of a message that is nothing but a text from elsewhere: a library's error, an older store's sentence."""

Value: TypeAlias = "str | int | float | bool | Message | None"

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """One fact.

    Attributes:
        code: Names the template; empty for nothing to say.
        params: What the template's fields stand for, by name.
    """

    code: str = ""
    params: tuple[tuple[str, Value], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.code)

    def __str__(self) -> str:
        return english(self)

    def get(self, name: str) -> Value:
        """Return the parameter ``name``, ``None`` if there is none."""
        return dict(self.params).get(name)


NOTHING = Message()


def message(code: str, /, **params: Value) -> Message:
    """Return the message ``code`` with its parameters."""
    return Message(code, tuple(sorted(params.items())))


def foreign(text: str) -> Message:
    """Return ``text`` from elsewhere as a message that says just that; nothing for an empty one."""
    return Message(FOREIGN, (("text", text),)) if text else NOTHING


def as_message(value: Message | str) -> Message:
    """Return ``value`` as a message: code outside of this program gives plain text."""
    return value if isinstance(value, Message) else foreign(value)


def without_full_stop(fact: Message) -> Message:
    """Return ``fact`` as templates are, without the full stop that a text from elsewhere may end with."""
    text = fact.get("text") if fact.code == FOREIGN else None
    return foreign(text.removesuffix(".")) if isinstance(text, str) else fact


def english(fact: Message) -> str:
    """Return ``fact`` in English, whatever this process speaks: for logs, reports, the store and exceptions."""
    return _render(fact, ENGLISH)


def localize(fact: Message) -> str:
    """Return ``fact`` in the language of this process."""
    return _render(fact, i18n.current())


def sentence(fact: Message) -> str:
    """Return ``fact`` in the language of this process with a capital first letter, unless it begins with a name."""
    text = localize(fact)
    return text[:1].upper() + text[1:] if _begins_with_a_word(fact) else text


def to_data(fact: Message) -> dict[str, Any]:
    """Return ``fact`` as JSON data."""
    params = {name: to_data(value) if isinstance(value, Message) else value for name, value in fact.params}
    return {"code": fact.code, "params": params} if params else {"code": fact.code}


def from_data(data: Mapping[str, Any]) -> Message:
    """Return the message that ``to_data`` made ``data`` of.

    Raises:
        ValueError: If it is no such data.
    """
    code, params = data.get("code"), data.get("params", {})
    if not isinstance(code, str) or not isinstance(params, Mapping):
        raise ValueError(f"not a message: {data!r}")  # noqa: TRY004 the data is wrong, not the caller
    return message(code, **{str(name): _value(value) for name, value in params.items()})


def _value(data: Any) -> Value:
    if isinstance(data, Mapping):
        return from_data(data)
    if data is None or isinstance(data, str | int | float):
        return data
    raise ValueError(f"not a parameter of a message: {data!r}")


def fields(template: str) -> frozenset[str]:
    """Return the names of the parameters that ``template`` takes."""
    return frozenset(_FIELD.findall(template)) | ({"n"} if "%n" in template else frozenset())


def _template(fact: Message, language: Language) -> str:
    template = TEMPLATES.get(fact.code)
    if template is None:  # written by a newer version of this program
        return fact.code
    count = fact.get("n")
    number = count if isinstance(count, int) and "%n" in template else -1
    return language.translate(CONTEXT, template, "", number)


def _begins_with_a_word(fact: Message) -> bool:
    if fact.code == FOREIGN:
        return False
    first = _FIELD.match(_template(fact, i18n.current()))
    value = fact.get(first[1]) if first is not None else None
    return first is None or (isinstance(value, Message) and _begins_with_a_word(value))


def _render(fact: Message, language: Language) -> str:
    if not fact:
        return ""
    params = dict(fact.params)

    def fill(field: re.Match[str]) -> str:
        name = field[1]
        return _written(name, params[name], language) if name in params else field[0]

    return _FIELD.sub(fill, _template(fact, language))


def _written(name: str, value: Value, language: Language) -> str:
    if isinstance(value, Message):
        return _render(value, language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            return str(value)
        if name.endswith("_bytes"):
            return formatting.human_size(value, language)
        if name.endswith("_s"):
            return formatting.exact_duration(value, language)
        if isinstance(value, float):
            return language.number(value, 0 if value.is_integer() else 1)
    return "" if value is None else str(value)

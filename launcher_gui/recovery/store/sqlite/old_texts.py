"""What stores of formats 1 to 4 hold as English sentences, as codes: for bringing such a store up to date, only.

Those formats are not written any more, so their sentences do not change either. A sentence that is not recognised stays
as it is, as a text from elsewhere.
"""

from __future__ import annotations

import json
import re
import sqlite3
from functools import cache, lru_cache
from typing import Any, NamedTuple

from launcher_gui.recovery.operation import EventKind, OperationState, state_message, to_json
from launcher_gui.recovery.runtime.process_identity import program_message
from launcher_gui.recovery.store.sqlite.old_sentences import SENTENCES
from launcher_gui.recovery.store.tables.message_columns import columns
from launcher_gui.text.catalogue import TEMPLATES
from launcher_gui.text.message import NOTHING, Message, Value, fields, foreign, message, to_data

_FIELD = re.compile(r"\{(\w+)\}")
_NESTED = frozenset({"cause", "remedy", "problem", "lack", "why"})
"""Fields whose value is a sentence itself."""

_NUMBERS = frozenset({"n", "number", "limit", "last", "pid", "missing", "extra"})
"""Fields that hold a number."""

_UNITS = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_SIZE_FORM = "[0-9.]+ (?:bytes|kB|MB|GB|TB)"
_SIZE = re.compile(r"([0-9.]+) (bytes|kB|MB|GB|TB)")
_SECONDS = re.compile(r"([0-9.]+) s")
_KIND = re.compile(r"\[([a-z ]+)\] ")

_RENAMED = {
    "attempt went on": EventKind.ATTEMPT_RESUMED,
    "command asked": EventKind.COMMAND_REQUESTED,
}
_COLUMNS = (
    ("operations", "reason", "reason"),
    ("operations", "decision", "decision"),
    ("attempts", "error", ""),
    ("attempts", "decision", "decision"),
    ("attempts", "resume_note", "note"),
    ("commands", "answer", "answer"),
    ("breakers", "last_error", "error"),
)
"""Table, column of the English text, and what the columns of its code and parameters begin with."""


def convert(db: sqlite3.Connection) -> None:
    """Add the codes of what the rows say; the tables are those of format 5 already."""
    for table, text, prefix in _COLUMNS:
        code, params = (f"{prefix}_code", f"{prefix}_params") if prefix else ("code", "params")
        for (sentence,) in db.execute(f"SELECT DISTINCT {text} FROM {table} WHERE {text} <> ''").fetchall():
            _, known, given = columns(recognised(sentence))
            db.execute(f"UPDATE {table} SET {code} = ?, {params} = ? WHERE {text} = ?", (known, given, sentence))
    _convert_details(db)
    _convert_events(db)


def recognised(text: str) -> Message:
    """Return what ``text``, a sentence of an older version, says; a text from elsewhere if it is not known."""
    return _recognised(text.removeprefix("refused: ").removesuffix(".")) or foreign(text)


def _convert_details(db: sqlite3.Connection) -> None:
    """Give the class of a failure, which stood in front of its technical side, the column of its own."""
    rows = db.execute("SELECT operation_id, number, detail FROM attempts WHERE detail LIKE '[%] %'").fetchall()
    for operation_id, number, detail in rows:
        if (found := _KIND.match(detail)) is not None:
            db.execute(
                "UPDATE attempts SET failure_kind = ?, detail = ? WHERE operation_id = ? AND number = ?",
                (found[1].replace(" ", "_"), detail[found.end() :], operation_id, number),
            )


def _convert_events(db: sqlite3.Connection) -> None:
    for (kind,) in db.execute("SELECT DISTINCT kind FROM events").fetchall():
        renamed = _RENAMED.get(kind) or kind.replace(" ", "_")
        db.execute("UPDATE events SET kind = ? WHERE kind = ?", (renamed, kind))
    told = db.execute(
        "SELECT DISTINCT data FROM events WHERE data LIKE '%\"reason\"%' OR data LIKE '%\"decision\"%'"
        " OR data LIKE '%\"error\"%' OR data LIKE '%\"answer\"%'"
    ).fetchall()
    changes = [(to_json(_facts(json.loads(data))), data) for (data,) in told]
    db.execute("CREATE TEMP TABLE told (before TEXT PRIMARY KEY, after TEXT NOT NULL)")
    db.executemany("INSERT INTO told (after, before) VALUES (?, ?)", changes)
    db.execute(
        "UPDATE events SET data = (SELECT after FROM told WHERE before = data) WHERE data IN (SELECT before FROM told)"
    )
    db.execute("DROP TABLE temp.told")


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of an event with messages in place of its sentences; without those that say nothing."""
    facts = {name: data[name] for name in ("reason", "decision", "error", "answer") if isinstance(data.get(name), str)}
    rest = {name: value for name, value in data.items() if name not in facts}
    return rest | {name: to_data(recognised(text)) for name, text in facts.items() if text}


class _Sentence(NamedTuple):
    pattern: re.Pattern[str]
    code: str


@lru_cache(maxsize=4096)
def _recognised(text: str) -> Message:
    whole, nested = _sentences()
    if (known := _matched(text, whole)) is not None:
        return known
    first, mark, rest = text.partition(". ")
    if mark and (known := _recognised(first)):
        return message("decision.with_remedy", decision=known, remedy=recognised(rest))
    return _matched(text, nested) or NOTHING


def _matched(text: str, sentences: tuple[_Sentence, ...]) -> Message | None:
    for pattern, code in sentences:
        if (found := pattern.fullmatch(text)) is not None:
            return _message(code, {name: _value(name, value) for name, value in found.groupdict().items()})
    return None


def _message(code: str, given: dict[str, Value]) -> Message:
    """Return the message; a cause that its template has no field for stands behind it."""
    taken = fields(TEMPLATES[code])
    fact = Message(code, tuple(sorted((name, value) for name, value in given.items() if name in taken)))
    cause = given.get("cause")
    if "cause" in taken or not isinstance(cause, Message):
        return fact
    return message("decision.because", decision=fact, cause=cause)


def _value(name: str, text: str) -> Value:
    if name in _NESTED:
        return recognised(text)
    if name == "program":
        return program_message(text)
    if name == "state" and text in set(OperationState):
        return state_message(OperationState(text))
    if name.endswith("_s") and (seconds := _SECONDS.fullmatch(text)) is not None:
        return float(seconds[1])
    if name.endswith("_bytes") and (size := _SIZE.fullmatch(text)) is not None:
        return round(float(size[1]) * _UNITS[size[2]])
    return int(text) if text.isascii() and text.isdigit() else text


@cache
def _sentences() -> tuple[tuple[_Sentence, ...], tuple[_Sentence, ...]]:
    """Return the sentences by themselves and those that hold others, of each kind the most specific first."""
    known = sorted(SENTENCES.items(), key=lambda item: len(_FIELD.sub("", item[0])), reverse=True)
    whole = tuple(_Sentence(_pattern(text), code) for text, code in known if not _holds_another(text))
    return whole, tuple(_Sentence(_pattern(text), code) for text, code in known if _holds_another(text))


def _holds_another(text: str) -> bool:
    return not _NESTED.isdisjoint(_FIELD.findall(text))


def _pattern(text: str) -> re.Pattern[str]:
    parts = _FIELD.split(text)  # words and names of fields in turn
    texts = [re.escape(part) if number % 2 == 0 else f"(?P<{part}>{_form(part)})" for number, part in enumerate(parts)]
    return re.compile("".join(texts), re.DOTALL)


def _form(field: str) -> str:
    if field in _NUMBERS:
        return r"\d+"
    if field.endswith("_s"):
        return r"[0-9.]+ s"
    return _SIZE_FORM if field.endswith("_bytes") else ".+?"

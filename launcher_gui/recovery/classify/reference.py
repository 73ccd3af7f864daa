"""The table of what is retried, generated from the classifier's tables."""

from __future__ import annotations

from collections.abc import Iterator

from launcher_gui.recovery.classify import system_errors as system
from launcher_gui.recovery.classify.error_types import RULES
from launcher_gui.recovery.classify.failure import Classification, Disposition, ErrorCategory, transient
from launcher_gui.recovery.classify.http_status import OTHER_4XX, OTHER_5XX, STATUSES, WITH_RETRY_AFTER

_RETRIED = {
    Disposition.TRANSIENT: "yes",
    Disposition.THROTTLED: "yes, when the server says so",
    Disposition.PERMANENT: "no",
}


def markdown_table() -> str:
    """Return a Markdown table with a row for every known kind of error."""
    rows = ["| error | kind | retried | message | what you can do |", "|---|---|---|---|---|"]
    rows += [f"| {error} | {' | '.join(_cells(known))} |" for error, known in _known()]
    return "\n".join(rows)


def _known() -> Iterator[tuple[str, Classification]]:
    for name, rule in RULES.items():
        yield f"`{name.removeprefix('builtins.').removeprefix('_')}`", rule.known
    yield "any other exception", transient(ErrorCategory.UNKNOWN, "the name of its class")
    for status, known in sorted(STATUSES.items()):
        note = "; with `Retry-After` retried after that time" if status in WITH_RETRY_AFTER - {429} else ""
        yield f"HTTP {status}{note}", known
    yield "HTTP, other 4xx", OTHER_4XX
    yield "HTTP, other 5xx; 503 with `Retry-After` after that time", OTHER_5XX
    for table, kind in ((system.ERRNO, "errno"), (system.RESOLVER, "name lookup"), (system.SQLITE, "SQLite")):
        for code, known in table.items():
            yield f"{kind} `{code}`", known
    for code, known in system.TLS.items():
        yield f"TLS `{code}`", known


def _cells(known: Classification) -> tuple[str, str, str, str]:
    return known.category, _RETRIED[known.disposition], str(known.reason), _stop(str(known.fix))


def _stop(text: str) -> str:
    return f"{text}." if text else ""

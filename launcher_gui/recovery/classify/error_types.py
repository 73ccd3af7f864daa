"""Classification by class: one table by qualified name, most specific class first.

By name, because the library must not import what it only has to recognise. A class that is not listed is treated as the
nearest of its bases. If a class has more details (a number, a reason, a response), these are checked first.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from launcher_gui.recovery.classify import system_errors as system
from launcher_gui.recovery.classify.exception_introspection import attribute, is_a, name_of, text_of, whole_number
from launcher_gui.recovery.classify.failure import (
    Classification,
    Disposition,
    ErrorCategory,
    permanent,
    throttled,
    transient,
)
from launcher_gui.recovery.classify.http_status import CHECK_ADDRESS, OTHER_4XX, PROXY_FIX
from launcher_gui.text.message import NOTHING, Message, foreign, message

_NETWORK, _TIMEOUT, _SERVER = ErrorCategory.NETWORK, ErrorCategory.TIMEOUT, ErrorCategory.SERVER
_RESOURCE, _VALIDATION, _INTEGRITY = ErrorCategory.RESOURCE, ErrorCategory.VALIDATION, ErrorCategory.INTEGRITY
_PERMISSION, _NOT_FOUND, _UNKNOWN = ErrorCategory.PERMISSION, ErrorCategory.NOT_FOUND, ErrorCategory.UNKNOWN

_CLOSED_EARLY = transient(_NETWORK, message("connection.closed_early"))
_LOST = transient(_NETWORK, message("connection.lost"))
_TIMED_OUT = transient(_TIMEOUT, message("connection.timed_out"))
_NO_CONNECTION = transient(_NETWORK, message("connection.failed"))
_NONSENSE = transient(_SERVER, message("server.bad_response"))
_BAD_URL = permanent(_VALIDATION, message("url.invalid"), CHECK_ADDRESS)
_IN_CIRCLES = permanent(_VALIDATION, message("server.redirect_loop"), CHECK_ADDRESS)
_NO_PROXY = transient(_NETWORK, message("proxy.unreachable"), PROXY_FIX)
_DAMAGED = permanent(_INTEGRITY, message("archive.damaged"), message("fix.fetch_again"))
_WRONG = permanent(_VALIDATION, message("program.error"))
_OTHER_OS = transient(_RESOURCE, message("system.refused"))


class Rule(NamedTuple):
    """The classification of a class of exceptions.

    Attributes:
        known: The classification of the class.
        closer: Returns a more specific classification of an exception, ``None`` if there is none.
    """

    known: Classification
    closer: Callable[[Any], Classification | None] | None = None


def _numbered(known: Classification) -> Rule:
    return Rule(known, lambda error: system.of_number(error, known))


def _named(error: BaseException) -> Classification:
    return replace(_WRONG, reason=foreign(name_of(error)))


def _of_sqlite(known: Classification) -> Rule:
    return Rule(known, lambda error: system.of_sqlite(error, known))


def _system_error_of(known: Classification) -> Rule:
    """Classify by the operating system's error that the exception carries, as aiohttp's do."""

    def closer(error: BaseException) -> Classification | None:
        inner = attribute(error, "os_error")
        found = of_type(inner) if is_a(inner, OSError) and inner is not error else None
        return found or (system.of_number(error, known) if is_a(error, OSError) else None)

    return Rule(known, closer)


def _reason_of(error: BaseException) -> Classification | None:
    """Classify a URLError by the exception that it wraps."""
    inner = attribute(error, "reason")
    return of_type(inner) if is_a(inner, BaseException) and inner is not error else None


def _worst_of(error: BaseException) -> Classification | None:
    """Classify a group by the first of its errors that is permanent, else by the first known one."""
    members = attribute(error, "exceptions")
    if not is_a(members, tuple):
        return None
    looked_at = tuple.__getitem__(members, slice(64))
    known = [found for member in looked_at if is_a(member, Exception) and (found := of_type(member))]
    lasting = [found for found in known if found.disposition is Disposition.PERMANENT]
    return next(iter(lasting or known), None)


def _ended_with(error: BaseException) -> Classification:
    status = whole_number(attribute(error, "returncode"))
    if status is None:
        return transient(_UNKNOWN, message("process.failed"))
    if status < 0:  # subprocess reports signals as negative numbers
        return transient(_UNKNOWN, message("process.signal", signal=_signal_name(-status)))
    return transient(_UNKNOWN, message("process.status", status=status))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _held_back(error: BaseException) -> Classification:
    return replace(_HELD_BACK, retry_after_s=attribute(error, "remaining_s"))


def _refused_input(error: BaseException) -> Classification:
    problem, remedy = attribute(error, "problem"), attribute(error, "remedy")
    return permanent(_VALIDATION, _message_or(problem, message("input.not_allowed")), _message_or(remedy, NOTHING))


def _unusable_store(error: BaseException) -> Classification:
    problem, remedy = attribute(error, "problem"), attribute(error, "remedy")
    reason = message("store.problem", problem=_message_or(problem, message("store.problem_unknown")))
    return permanent(_RESOURCE, reason, _message_or(remedy, NOTHING))


def _out_of_step(error: BaseException) -> Classification:
    return permanent(_VALIDATION, _message_or(attribute(error, "message"), foreign(text_of(error) or name_of(error))))


def _message_or(value: object, other: Message) -> Message:
    return value if type(value) is Message and value else other


def _failed_store(error: BaseException) -> Classification | None:
    """Classify by the database's own error, from which the store's was raised."""
    return of_type(error.__cause__) if error.__cause__ is not None else None


_HELD_BACK = replace(throttled(message("failure.breaker_open")), category=_NETWORK)

RULES: dict[str, Rule] = {
    "builtins.OSError": Rule(
        _OTHER_OS, lambda error: system.of_number(error, replace(_OTHER_OS, reason=foreign(name_of(error))))
    ),
    "builtins.ConnectionError": _numbered(_LOST),
    "builtins.ConnectionRefusedError": _numbered(system.ERRNO["ECONNREFUSED"]),
    "builtins.ConnectionResetError": _numbered(system.ERRNO["ECONNRESET"]),
    "builtins.ConnectionAbortedError": _numbered(system.ERRNO["ECONNABORTED"]),
    "builtins.BrokenPipeError": _numbered(system.ERRNO["EPIPE"]),
    "builtins.PermissionError": _numbered(
        permanent(_PERMISSION, message("file.not_allowed"), message("fix.choose_folder"))
    ),
    "builtins.FileNotFoundError": _numbered(system.ERRNO["ENOENT"]),
    "builtins.NotADirectoryError": _numbered(system.ERRNO["ENOTDIR"]),
    "builtins.IsADirectoryError": _numbered(system.ERRNO["EISDIR"]),
    "builtins.FileExistsError": _numbered(system.ERRNO["EEXIST"]),
    "builtins.TimeoutError": _numbered(_TIMED_OUT),
    "builtins.EOFError": Rule(_CLOSED_EARLY),
    "builtins.MemoryError": Rule(permanent(_RESOURCE, message("program.out_of_memory"), message("fix.close_programs"))),
    "builtins.ValueError": Rule(_WRONG, _named),
    "builtins.TypeError": Rule(_WRONG, _named),
    "builtins.LookupError": Rule(_WRONG, _named),
    "builtins.AttributeError": Rule(_WRONG, _named),
    "builtins.NameError": Rule(_WRONG, _named),
    "builtins.NotImplementedError": Rule(_WRONG, _named),
    "builtins.ArithmeticError": Rule(_WRONG, _named),
    "builtins.AssertionError": Rule(_WRONG, _named),
    "builtins.ImportError": Rule(_WRONG, _named),
    "builtins.SyntaxError": Rule(_WRONG, _named),
    "builtins.RecursionError": Rule(_WRONG, _named),
    "builtins.UnicodeError": Rule(permanent(_VALIDATION, message("data.wrong_encoding"))),
    "builtins.BaseExceptionGroup": Rule(transient(_UNKNOWN, message("program.several_errors")), _worst_of),
    "json.decoder.JSONDecodeError": Rule(permanent(_VALIDATION, message("data.not_json"))),
    "socket.gaierror": Rule(system.NAME_NOT_FOUND, system.of_resolver),
    "ssl.SSLError": Rule(system.TLS_FAILED, system.of_tls),
    "ssl.SSLEOFError": Rule(system.TLS_CLOSED),
    "ssl.SSLZeroReturnError": Rule(system.TLS_CLOSED),
    "ssl.SSLCertVerificationError": Rule(system.CERTIFICATE, system.of_certificate),
    "sqlite3.Error": _of_sqlite(system.DATABASE),
    "sqlite3.IntegrityError": _of_sqlite(system.CONSTRAINT),
    "sqlite3.ProgrammingError": _of_sqlite(system.MISUSED),
    "sqlite3.InterfaceError": _of_sqlite(system.MISUSED),
    "sqlite3.DataError": _of_sqlite(system.MISUSED),
    "sqlite3.NotSupportedError": _of_sqlite(system.MISUSED),
    "asyncio.exceptions.InvalidStateError": Rule(_WRONG, _named),
    "asyncio.exceptions.LimitOverrunError": Rule(_NONSENSE),
    "asyncio.queues.QueueFull": Rule(transient(_RESOURCE, message("program.queue_full"))),
    "concurrent.futures._base.CancelledError": Rule(permanent(_UNKNOWN, message("program.cancelled"))),
    "concurrent.futures._base.BrokenExecutor": Rule(transient(_RESOURCE, message("process.worker_ended"))),
    "subprocess.TimeoutExpired": Rule(transient(_TIMEOUT, message("process.timed_out"), host_fault=False)),
    "subprocess.CalledProcessError": Rule(transient(_UNKNOWN, message("process.failed")), _ended_with),
    "http.client.HTTPException": Rule(_NONSENSE),
    "http.client.IncompleteRead": Rule(_CLOSED_EARLY),
    "http.client.InvalidURL": Rule(_BAD_URL),
    "http.client.ImproperConnectionState": Rule(_WRONG, _named),
    "urllib.error.URLError": Rule(_NO_CONNECTION, _reason_of),
    "urllib.error.ContentTooShortError": Rule(_CLOSED_EARLY),
    "gzip.BadGzipFile": Rule(_DAMAGED),
    "_lzma.LZMAError": Rule(_DAMAGED),
    "zlib.error": Rule(_DAMAGED),
    "zipfile.BadZipFile": Rule(_DAMAGED),
    "tarfile.TarError": Rule(_DAMAGED),
    "aiohttp.client_exceptions.ClientError": Rule(_LOST),
    "aiohttp.client_exceptions.ClientOSError": _system_error_of(_LOST),
    "aiohttp.client_exceptions.ClientConnectorError": _system_error_of(_NO_CONNECTION),
    "aiohttp.client_exceptions.ClientConnectorDNSError": Rule(
        system.NAME_NOT_FOUND, lambda error: system.of_resolver(attribute(error, "os_error") or error)
    ),
    "aiohttp.client_exceptions.ClientProxyConnectionError": Rule(_NO_PROXY),
    "aiohttp.client_exceptions.ClientHttpProxyError": Rule(_NO_PROXY),
    "aiohttp.client_exceptions.ClientSSLError": _system_error_of(system.TLS_FAILED),
    "aiohttp.client_exceptions.ClientConnectorCertificateError": Rule(
        system.CERTIFICATE, lambda error: system.of_certificate(attribute(error, "certificate_error") or error)
    ),
    "aiohttp.client_exceptions.ServerFingerprintMismatch": Rule(system.CERTIFICATE),
    "aiohttp.client_exceptions.ServerTimeoutError": Rule(_TIMED_OUT),
    "aiohttp.client_exceptions.ClientPayloadError": Rule(_CLOSED_EARLY),
    "aiohttp.client_exceptions.ClientResponseError": Rule(_NONSENSE),
    "aiohttp.client_exceptions.ContentTypeError": Rule(permanent(_VALIDATION, message("server.wrong_type"))),
    "aiohttp.client_exceptions.TooManyRedirects": Rule(_IN_CIRCLES),
    "aiohttp.client_exceptions.InvalidURL": Rule(_BAD_URL),
    "aiohttp.http_exceptions.HttpProcessingError": Rule(_NONSENSE),
    "httpx.TransportError": Rule(_LOST),
    "httpx.TimeoutException": Rule(_TIMED_OUT),
    "httpx.UnsupportedProtocol": Rule(_BAD_URL),
    "httpx.InvalidURL": Rule(_BAD_URL),
    "httpx.TooManyRedirects": Rule(_IN_CIRCLES),
    "requests.exceptions.RequestException": Rule(_LOST),
    "requests.exceptions.Timeout": Rule(_TIMED_OUT),
    "requests.exceptions.ProxyError": Rule(_NO_PROXY),
    "requests.exceptions.SSLError": Rule(system.TLS_FAILED),
    "requests.exceptions.TooManyRedirects": Rule(_IN_CIRCLES),
    "requests.exceptions.InvalidURL": Rule(_BAD_URL),
    "requests.exceptions.MissingSchema": Rule(_BAD_URL),
    "requests.exceptions.InvalidSchema": Rule(_BAD_URL),
    "urllib3.exceptions.HTTPError": Rule(_LOST),
    "urllib3.exceptions.TimeoutError": Rule(_TIMED_OUT),
    "urllib3.exceptions.LocationValueError": Rule(_BAD_URL),
    "billiard.exceptions.SoftTimeLimitExceeded": Rule(
        permanent(_TIMEOUT, message("celery.time_limit"), message("fix.soft_time_limit"))
    ),
    "celery.exceptions.TaskPredicate": Rule(permanent(_UNKNOWN, message("celery.predicate"))),
    "launcher_gui.recovery.exceptions.CircuitBreakerOpenError": Rule(_HELD_BACK, _held_back),
    "launcher_gui.recovery.exceptions.InvalidInputError": Rule(OTHER_4XX, _refused_input),
    "launcher_gui.recovery.exceptions.RecoveryStateError": Rule(
        permanent(_VALIDATION, message("operation.conflict")),
        _out_of_step,
    ),
    "launcher_gui.recovery.exceptions.StoreError": Rule(system.DATABASE, _failed_store),
    "launcher_gui.recovery.exceptions.StoreUnusableError": Rule(
        permanent(_RESOURCE, message("store.cannot_be_used")), _unusable_store
    ),
}

_rules: WeakKeyDictionary[type, tuple[Rule | None]] = WeakKeyDictionary()


def of_type(error: BaseException) -> Classification | None:
    """Return the classification by the class of ``error`` and its details; ``None`` if it is unknown."""
    rule = _rule_of(type(error))
    if rule is None:
        return None
    try:
        return (rule.closer(error) if rule.closer is not None else None) or rule.known
    except Exception:  # noqa: BLE001 a hand-made error may lack attributes of its class
        return rule.known


def _rule_of(kind: type) -> Rule | None:
    try:
        (rule,) = _rules[kind]
    except KeyError:
        rule = next((RULES[name] for name in _names(kind) if name in RULES), None)
        _rules[kind] = (rule,)
    return rule


def _names(kind: type) -> Iterator[str]:
    for base in kind.__mro__:
        yield f"{attribute(base, '__module__')}.{attribute(base, '__qualname__')}"

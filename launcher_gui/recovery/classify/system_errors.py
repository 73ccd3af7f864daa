"""Classification by the error numbers of the operating system, the name resolver, TLS and SQLite.

Tables by name, because the numbers differ between systems and some systems lack some of them.
"""

from __future__ import annotations

import errno
import os
import re
import socket
from typing import Any

from launcher_gui.recovery.classify.exception_introspection import attribute, plain_text, text_of, whole_number
from launcher_gui.recovery.classify.failure import Classification, ErrorCategory, permanent, transient
from launcher_gui.text.message import foreign, message

_FREE_SPACE = message("fix.free_space")
_OTHER_FOLDER = message("fix.choose_folder")
_CHECK_PATH = message("fix.check_path")
_CHECK_NETWORK = message("fix.check_network")
_CLOSE_OTHERS = message("fix.close_programs")
_CLOSE_USER = message("fix.close_user")
_CHECK_DISK = message("fix.check_disk")
_RESTORE = message("fix.restore_copy")
_BE_WARY = message("fix.certificate")

_DISK_FULL = permanent(ErrorCategory.RESOURCE, message("system.disk_full"), _FREE_SPACE)
_IN_USE = transient(ErrorCategory.RESOURCE, message("file.in_use"), _CLOSE_USER)
_UNREACHABLE = transient(ErrorCategory.NETWORK, message("network.unreachable"), _CHECK_NETWORK)
_SILENT_SHARE = transient(ErrorCategory.NETWORK, message("share.silent"), _CHECK_NETWORK)
_NO_SUCH = permanent(ErrorCategory.NOT_FOUND, message("file.missing"), _CHECK_PATH)

ERRNO = {
    "ENOSPC": _DISK_FULL,
    "EDQUOT": permanent(ErrorCategory.RESOURCE, message("system.disk_quota"), _FREE_SPACE),
    "EFBIG": permanent(ErrorCategory.RESOURCE, message("system.file_too_large"), _OTHER_FOLDER),
    "EACCES": permanent(ErrorCategory.PERMISSION, message("file.denied"), _OTHER_FOLDER),
    "EPERM": permanent(ErrorCategory.PERMISSION, message("file.not_permitted"), _OTHER_FOLDER),
    "EROFS": permanent(ErrorCategory.PERMISSION, message("system.disk_read_only"), _OTHER_FOLDER),
    "ENOENT": _NO_SUCH,
    "ENOTDIR": permanent(ErrorCategory.NOT_FOUND, message("path.not_a_folder"), _CHECK_PATH),
    "EISDIR": permanent(ErrorCategory.NOT_FOUND, message("path.is_a_folder"), _CHECK_PATH),
    "EEXIST": permanent(ErrorCategory.NOT_FOUND, message("path.exists"), message("fix.choose_name")),
    "ENOTEMPTY": permanent(ErrorCategory.VALIDATION, message("path.not_empty"), message("fix.choose_name")),
    "ENAMETOOLONG": permanent(ErrorCategory.VALIDATION, message("path.too_long"), message("fix.shorter_name")),
    "ELOOP": permanent(ErrorCategory.VALIDATION, message("path.loop"), _CHECK_PATH),
    "EXDEV": permanent(ErrorCategory.VALIDATION, message("path.other_disk")),
    "ENOEXEC": permanent(ErrorCategory.VALIDATION, message("process.wrong_format")),
    "ECHILD": permanent(ErrorCategory.NOT_FOUND, message("process.missing")),
    "ESRCH": permanent(ErrorCategory.NOT_FOUND, message("process.missing")),
    "EBUSY": _IN_USE,
    "ETXTBSY": _IN_USE,
    "EAGAIN": transient(ErrorCategory.RESOURCE, message("system.busy")),
    "EINTR": transient(ErrorCategory.RESOURCE, message("system.interrupted")),
    "EIO": transient(ErrorCategory.RESOURCE, message("system.disk_failed"), _CHECK_DISK),
    "ESTALE": transient(ErrorCategory.RESOURCE, message("share.reconnected"), _CHECK_NETWORK),
    "EMFILE": transient(ErrorCategory.RESOURCE, message("program.too_many_files"), _CLOSE_OTHERS),
    "ENFILE": transient(ErrorCategory.RESOURCE, message("system.too_many_files"), _CLOSE_OTHERS),
    "ENOMEM": transient(ErrorCategory.RESOURCE, message("system.out_of_memory"), _CLOSE_OTHERS),
    "ENOBUFS": transient(ErrorCategory.RESOURCE, message("system.no_buffers"), _CLOSE_OTHERS),
    "EADDRINUSE": transient(ErrorCategory.RESOURCE, message("system.port_in_use"), _CLOSE_USER),
    "EADDRNOTAVAIL": transient(ErrorCategory.NETWORK, message("system.no_such_address"), host_fault=False),
    "ECONNREFUSED": transient(ErrorCategory.NETWORK, message("connection.refused")),
    "ECONNRESET": transient(ErrorCategory.NETWORK, message("connection.reset")),
    "ECONNABORTED": transient(ErrorCategory.NETWORK, message("connection.aborted")),
    "EPIPE": transient(ErrorCategory.NETWORK, message("connection.closed")),
    "ESHUTDOWN": transient(ErrorCategory.NETWORK, message("connection.closed")),
    "ENOTCONN": transient(ErrorCategory.NETWORK, message("connection.lost")),
    "ENETRESET": transient(ErrorCategory.NETWORK, message("connection.lost")),
    "ENETUNREACH": _UNREACHABLE,
    "ENETDOWN": transient(ErrorCategory.NETWORK, message("network.down"), _CHECK_NETWORK),
    "EHOSTUNREACH": transient(ErrorCategory.NETWORK, message("host.unreachable"), _CHECK_NETWORK),
    "EHOSTDOWN": transient(ErrorCategory.NETWORK, message("host.down")),
    "ETIMEDOUT": transient(ErrorCategory.TIMEOUT, message("connection.connect_timeout")),
}

WINDOWS = {  # where Python's own translation to errno loses the cause
    32: _IN_USE,  # ERROR_SHARING_VIOLATION becomes EACCES: usually a virus scanner that will soon be done
    33: _IN_USE,  # ERROR_LOCK_VIOLATION, the same
    39: _DISK_FULL,  # ERROR_HANDLE_DISK_FULL
    59: _SILENT_SHARE,  # ERROR_UNEXP_NET_ERR
    64: _SILENT_SHARE,  # ERROR_NETNAME_DELETED
    121: _SILENT_SHARE,  # ERROR_SEM_TIMEOUT
    1231: _UNREACHABLE,  # ERROR_NETWORK_UNREACHABLE
    1232: transient(ErrorCategory.NETWORK, message("host.unreachable"), _CHECK_NETWORK),  # ERROR_HOST_UNREACHABLE
    10013: permanent(ErrorCategory.PERMISSION, message("network.firewall"), message("fix.firewall")),
}

NAME_NOT_FOUND = transient(ErrorCategory.NETWORK, message("host.not_found"), message("fix.check_host"))
RESOLVER = {
    "EAI_NONAME": NAME_NOT_FOUND,  # retried nonetheless: a laptop that wakes up cannot resolve names for a while
    "EAI_NODATA": NAME_NOT_FOUND,
    "EAI_AGAIN": transient(ErrorCategory.NETWORK, message("dns.silent"), _CHECK_NETWORK),
    "EAI_FAIL": transient(ErrorCategory.NETWORK, message("dns.failed"), _CHECK_NETWORK),
    "EAI_MEMORY": transient(ErrorCategory.RESOURCE, message("dns.out_of_memory"), _CLOSE_OTHERS),
    "EAI_ADDRFAMILY": permanent(ErrorCategory.VALIDATION, message("dns.no_address"), message("fix.other_link")),
    "EAI_FAMILY": permanent(ErrorCategory.VALIDATION, message("dns.family")),
    "EAI_SERVICE": permanent(ErrorCategory.VALIDATION, message("dns.service"), message("fix.check_link")),
}

TLS_FAILED = transient(ErrorCategory.NETWORK, message("tls.failed"))
TLS_CLOSED = transient(ErrorCategory.NETWORK, message("tls.closed"))
_NO_TLS = transient(
    ErrorCategory.NETWORK,
    message("tls.not_tls"),
    message("fix.try_http"),
)
_OLD_TLS = permanent(
    ErrorCategory.NETWORK,
    message("tls.version"),
    message("fix.tls_version"),
)
_CERTIFICATE_WANTED = permanent(
    ErrorCategory.PERMISSION, message("tls.client_certificate"), message("fix.client_certificate")
)
TLS = {  # the names that OpenSSL gives its reasons
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "HTTP_REQUEST": _NO_TLS,
    "RECORD_LAYER_FAILURE": _NO_TLS,  # the name in OpenSSL 3.2 and later
    "PACKET_LENGTH_TOO_LONG": _NO_TLS,
    "UNSUPPORTED_PROTOCOL": _OLD_TLS,
    "TLSV1_ALERT_PROTOCOL_VERSION": _OLD_TLS,
    "NO_PROTOCOLS_AVAILABLE": _OLD_TLS,
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": _CERTIFICATE_WANTED,
    "TLSV1_ALERT_UNKNOWN_CA": _CERTIFICATE_WANTED,
    "UNEXPECTED_EOF_WHILE_READING": TLS_CLOSED,
}

CERTIFICATE = permanent(ErrorCategory.PERMISSION, message("tls.certificate"), _BE_WARY)
_SET_CLOCK = message("fix.clock")
_STRANGER = message("fix.certificate_issuer")
_CERTIFICATE_FIXES = {  # X509_V_ERR_... of OpenSSL's x509_vfy.h
    9: _SET_CLOCK,  # not yet valid
    10: _SET_CLOCK,  # has expired
    18: _STRANGER,  # self-signed
    19: _STRANGER,  # self-signed in the chain
    20: _STRANGER,  # issuer not found locally
    21: _STRANGER,  # first certificate cannot be verified
    62: message("fix.certificate_host"),  # made for another host
    64: message("fix.host_name"),  # made for another address
}

DATABASE = transient(ErrorCategory.RESOURCE, message("database.failed"))
MISUSED = permanent(ErrorCategory.VALIDATION, message("database.misused"))
CONSTRAINT = permanent(ErrorCategory.VALIDATION, message("database.constraint"))
_CORRUPT = permanent(ErrorCategory.INTEGRITY, message("database.damaged"), _RESTORE)
_NOT_ALLOWED = permanent(ErrorCategory.PERMISSION, message("database.denied"), message("fix.database_rights"))
SQLITE = {  # https://sqlite.org/rescode.html, the primary codes
    "SQLITE_ERROR": MISUSED,
    "SQLITE_PERM": _NOT_ALLOWED,
    "SQLITE_BUSY": transient(ErrorCategory.RESOURCE, message("database.locked")),
    "SQLITE_LOCKED": transient(ErrorCategory.RESOURCE, message("database.locked_here")),
    "SQLITE_NOMEM": transient(ErrorCategory.RESOURCE, message("database.out_of_memory"), _CLOSE_OTHERS),
    "SQLITE_READONLY": permanent(
        ErrorCategory.PERMISSION, message("database.read_only"), message("fix.database_writable")
    ),
    "SQLITE_INTERRUPT": transient(ErrorCategory.RESOURCE, message("database.interrupted")),
    "SQLITE_IOERR": transient(ErrorCategory.RESOURCE, message("database.disk_failed"), _CHECK_DISK),
    "SQLITE_CORRUPT": _CORRUPT,
    "SQLITE_FULL": permanent(ErrorCategory.RESOURCE, message("database.full"), _FREE_SPACE),
    "SQLITE_CANTOPEN": permanent(
        ErrorCategory.RESOURCE, message("database.cannot_open"), message("fix.database_folder")
    ),
    "SQLITE_PROTOCOL": transient(ErrorCategory.RESOURCE, message("database.contended")),
    "SQLITE_SCHEMA": transient(ErrorCategory.RESOURCE, message("database.schema_changed")),
    "SQLITE_TOOBIG": permanent(ErrorCategory.VALIDATION, message("database.too_big")),
    "SQLITE_CONSTRAINT": CONSTRAINT,
    "SQLITE_MISMATCH": MISUSED,
    "SQLITE_MISUSE": MISUSED,
    "SQLITE_NOLFS": permanent(ErrorCategory.RESOURCE, message("database.no_large_files"), _OTHER_FOLDER),
    "SQLITE_AUTH": _NOT_ALLOWED,
    "SQLITE_RANGE": MISUSED,
    "SQLITE_NOTADB": permanent(ErrorCategory.INTEGRITY, message("database.not_a_database"), _RESTORE),
}

SQLITE_CODES = {
    "SQLITE_ERROR": 1,
    "SQLITE_PERM": 3,
    "SQLITE_BUSY": 5,
    "SQLITE_LOCKED": 6,
    "SQLITE_NOMEM": 7,
    "SQLITE_READONLY": 8,
    "SQLITE_INTERRUPT": 9,
    "SQLITE_IOERR": 10,
    "SQLITE_CORRUPT": 11,
    "SQLITE_FULL": 13,
    "SQLITE_CANTOPEN": 14,
    "SQLITE_PROTOCOL": 15,
    "SQLITE_SCHEMA": 17,
    "SQLITE_TOOBIG": 18,
    "SQLITE_CONSTRAINT": 19,
    "SQLITE_MISMATCH": 20,
    "SQLITE_MISUSE": 21,
    "SQLITE_NOLFS": 22,
    "SQLITE_AUTH": 23,
    "SQLITE_RANGE": 25,
    "SQLITE_NOTADB": 26,
}
"""Their numbers, which are stable. The sqlite3 module is not imported here: only the store needs it."""

_BY_ERRNO = {getattr(errno, name): known for name, known in ERRNO.items() if hasattr(errno, name)}
_BY_RESOLVER = {getattr(socket, name): known for name, known in RESOLVER.items() if hasattr(socket, name)}
_BY_SQLITE = {SQLITE_CODES[name]: known for name, known in SQLITE.items()}

# asyncio, when it could connect to no address of a host: the only place that has the numbers.
_SEVERAL = re.compile(r"Multiple exceptions: \[Errno ([0-9]{1,5})\]")


def of_number(error: OSError, otherwise: Classification | None) -> Classification | None:
    """Return the classification of an operating system error's number, ``otherwise`` if it is unknown."""
    windows = whole_number(attribute(error, "winerror"))
    if windows is not None and (known := WINDOWS.get(windows)) is not None:
        return known
    code = whole_number(error.errno)
    if code is None and (several := _SEVERAL.match(text_of(error))):
        code = int(several[1])
    if code is None:
        return otherwise
    return _BY_ERRNO.get(code) or otherwise or _unlisted(code)


def of_resolver(error: OSError) -> Classification:
    """Return the classification of a failed name lookup."""
    return _BY_RESOLVER.get(whole_number(error.errno) or 0) or NAME_NOT_FOUND


def of_tls(error: Any) -> Classification:
    """Return the classification of OpenSSL's reason."""
    return TLS.get(plain_text(attribute(error, "reason")), TLS_FAILED)


def of_certificate(error: Any) -> Classification:
    """Return why a certificate was not accepted, and the remedy."""
    why = (plain_text(attribute(error, "verify_message")) or text_of(error))[:200]
    fix = _CERTIFICATE_FIXES.get(whole_number(attribute(error, "verify_code")) or 0, _BE_WARY)
    reason = message("tls.certificate_because", cause=foreign(why)) if why else CERTIFICATE.reason
    return permanent(CERTIFICATE.category, reason, fix)


def is_sqlite(error: object) -> bool:
    """Return whether ``error`` was raised by SQLite."""
    return any(kind.__module__ == "sqlite3" and kind.__name__ == "Error" for kind in type(error).__mro__)


def of_sqlite(error: BaseException, otherwise: Classification) -> Classification:
    """Return the classification of SQLite's code; errors of Python's sqlite3 module itself have none."""
    code = whole_number(attribute(error, "sqlite_errorcode"))
    return otherwise if code is None else _BY_SQLITE.get(code & 0xFF) or otherwise


def _unlisted(code: int) -> Classification | None:
    return transient(ErrorCategory.RESOURCE, foreign(os.strerror(code).lower())) if code in errno.errorcode else None

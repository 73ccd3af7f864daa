"""What the numbers mean that the operating system, the name resolver, TLS and SQLite give for a failure.

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

_FREE_SPACE = "Free some space or choose another folder, then resume."
_OTHER_FOLDER = "Choose another folder."
_CHECK_PATH = "Check the path."
_CHECK_NETWORK = "Check the network connection."
_CLOSE_OTHERS = "Close other programs, then resume."
_CLOSE_USER = "Close the program that uses it, then resume."
_CHECK_DISK = "Check the disk, then resume."
_RESTORE = "Put a copy of the file back, or move it away to begin with a new one."
_BE_WARY = "Check the address and this computer's date; do not go on if either surprises you."

_DISK_FULL = permanent(ErrorCategory.RESOURCE, "the disk is full", _FREE_SPACE)
_IN_USE = transient(ErrorCategory.RESOURCE, "another program is using the file", _CLOSE_USER)
_UNREACHABLE = transient(ErrorCategory.NETWORK, "network unreachable", _CHECK_NETWORK)
_SILENT_SHARE = transient(ErrorCategory.NETWORK, "the network share does not answer", _CHECK_NETWORK)
_NO_SUCH = permanent(ErrorCategory.NOT_FOUND, "there is no such file or folder", _CHECK_PATH)

ERRNO = {
    "ENOSPC": _DISK_FULL,
    "EDQUOT": permanent(ErrorCategory.RESOURCE, "the quota of the disk is used up", _FREE_SPACE),
    "EFBIG": permanent(ErrorCategory.RESOURCE, "the disk has no room for files of this size", _OTHER_FOLDER),
    "EACCES": permanent(ErrorCategory.PERMISSION, "not allowed: permission denied", _OTHER_FOLDER),
    "EPERM": permanent(ErrorCategory.PERMISSION, "not allowed: operation not permitted", _OTHER_FOLDER),
    "EROFS": permanent(ErrorCategory.PERMISSION, "not allowed: the disk is read-only", _OTHER_FOLDER),
    "ENOENT": _NO_SUCH,
    "ENOTDIR": permanent(ErrorCategory.NOT_FOUND, "a part of the path is no folder", _CHECK_PATH),
    "EISDIR": permanent(ErrorCategory.NOT_FOUND, "a folder stands where a file was expected", _CHECK_PATH),
    "EEXIST": permanent(ErrorCategory.NOT_FOUND, "something already stands there", "Choose another name."),
    "ENOTEMPTY": permanent(ErrorCategory.VALIDATION, "the folder is not empty", "Choose another name."),
    "ENAMETOOLONG": permanent(ErrorCategory.VALIDATION, "the name is too long", "Choose a shorter name."),
    "ELOOP": permanent(ErrorCategory.VALIDATION, "links that lead in a circle", _CHECK_PATH),
    "EXDEV": permanent(ErrorCategory.VALIDATION, "the two places are on different disks"),
    "ENOEXEC": permanent(ErrorCategory.VALIDATION, "the file is no program for this system"),
    "ECHILD": permanent(ErrorCategory.NOT_FOUND, "there is no such process"),
    "ESRCH": permanent(ErrorCategory.NOT_FOUND, "there is no such process"),
    "EBUSY": _IN_USE,
    "ETXTBSY": _IN_USE,
    "EAGAIN": transient(ErrorCategory.RESOURCE, "the system is busy"),
    "EINTR": transient(ErrorCategory.RESOURCE, "interrupted by a signal"),
    "EIO": transient(ErrorCategory.RESOURCE, "the disk failed", _CHECK_DISK),
    "ESTALE": transient(ErrorCategory.RESOURCE, "the network share was connected anew", _CHECK_NETWORK),
    "EMFILE": transient(ErrorCategory.RESOURCE, "this program has too many files open", _CLOSE_OTHERS),
    "ENFILE": transient(ErrorCategory.RESOURCE, "the system has too many files open", _CLOSE_OTHERS),
    "ENOMEM": transient(ErrorCategory.RESOURCE, "the system is out of memory", _CLOSE_OTHERS),
    "ENOBUFS": transient(ErrorCategory.RESOURCE, "the system is out of network buffers", _CLOSE_OTHERS),
    "EADDRINUSE": transient(ErrorCategory.RESOURCE, "another program is using the port", _CLOSE_USER),
    "EADDRNOTAVAIL": transient(ErrorCategory.NETWORK, "this computer has no such address", host_fault=False),
    "ECONNREFUSED": transient(ErrorCategory.NETWORK, "connection refused"),
    "ECONNRESET": transient(ErrorCategory.NETWORK, "connection reset"),
    "ECONNABORTED": transient(ErrorCategory.NETWORK, "connection aborted"),
    "EPIPE": transient(ErrorCategory.NETWORK, "connection closed"),
    "ESHUTDOWN": transient(ErrorCategory.NETWORK, "connection closed"),
    "ENOTCONN": transient(ErrorCategory.NETWORK, "connection lost"),
    "ENETRESET": transient(ErrorCategory.NETWORK, "connection lost"),
    "ENETUNREACH": _UNREACHABLE,
    "ENETDOWN": transient(ErrorCategory.NETWORK, "network down", _CHECK_NETWORK),
    "EHOSTUNREACH": transient(ErrorCategory.NETWORK, "host unreachable", _CHECK_NETWORK),
    "EHOSTDOWN": transient(ErrorCategory.NETWORK, "host down"),
    "ETIMEDOUT": transient(ErrorCategory.TIMEOUT, "connection timed out"),
}

WINDOWS = {  # where Python's own translation to errno loses what happened
    32: _IN_USE,  # ERROR_SHARING_VIOLATION comes as EACCES: mostly a virus scanner that will soon be done
    33: _IN_USE,  # ERROR_LOCK_VIOLATION, the same
    39: _DISK_FULL,  # ERROR_HANDLE_DISK_FULL
    59: _SILENT_SHARE,  # ERROR_UNEXP_NET_ERR
    64: _SILENT_SHARE,  # ERROR_NETNAME_DELETED
    121: _SILENT_SHARE,  # ERROR_SEM_TIMEOUT
    1231: _UNREACHABLE,  # ERROR_NETWORK_UNREACHABLE
    1232: transient(ErrorCategory.NETWORK, "host unreachable", _CHECK_NETWORK),  # ERROR_HOST_UNREACHABLE
    10013: permanent(ErrorCategory.PERMISSION, "not allowed: a firewall says no", "Allow it in the firewall."),
}

NAME_NOT_FOUND = transient(
    ErrorCategory.NETWORK, "the host name was not found", "Check the spelling of the host and the network connection."
)
RESOLVER = {
    "EAI_NONAME": NAME_NOT_FOUND,  # tried again all the same: a laptop that wakes up finds no name for a while
    "EAI_NODATA": NAME_NOT_FOUND,
    "EAI_AGAIN": transient(ErrorCategory.NETWORK, "the name server did not answer", _CHECK_NETWORK),
    "EAI_FAIL": transient(ErrorCategory.NETWORK, "the name server failed", _CHECK_NETWORK),
    "EAI_MEMORY": transient(ErrorCategory.RESOURCE, "out of memory while the host was looked up", _CLOSE_OTHERS),
    "EAI_ADDRFAMILY": permanent(
        ErrorCategory.VALIDATION, "the host has no address of the kind asked for", "Use another address."
    ),
    "EAI_FAMILY": permanent(ErrorCategory.VALIDATION, "the system knows no addresses of the kind asked for"),
    "EAI_SERVICE": permanent(ErrorCategory.VALIDATION, "there is no such port", "Check the address."),
}

TLS_FAILED = transient(ErrorCategory.NETWORK, "the secure connection failed")
TLS_CLOSED = transient(ErrorCategory.NETWORK, "the secure connection was closed early")
_NO_TLS = transient(
    ErrorCategory.NETWORK,
    "the server does not speak TLS there",
    "Check the address: this port may want http:// instead of https://.",
)
_OLD_TLS = permanent(
    ErrorCategory.NETWORK,
    "the server and this computer have no version of TLS in common",
    "Ask the site, or connect without the proxy or virus scanner in between.",
)
_CERTIFICATE_WANTED = permanent(
    ErrorCategory.PERMISSION, "the server does not accept this computer's certificate", "Give it one that it knows."
)
TLS = {  # the names that OpenSSL gives its reasons
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "HTTP_REQUEST": _NO_TLS,
    "RECORD_LAYER_FAILURE": _NO_TLS,  # how OpenSSL 3.2 and later put it
    "PACKET_LENGTH_TOO_LONG": _NO_TLS,
    "UNSUPPORTED_PROTOCOL": _OLD_TLS,
    "TLSV1_ALERT_PROTOCOL_VERSION": _OLD_TLS,
    "NO_PROTOCOLS_AVAILABLE": _OLD_TLS,
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": _CERTIFICATE_WANTED,
    "TLSV1_ALERT_UNKNOWN_CA": _CERTIFICATE_WANTED,
    "UNEXPECTED_EOF_WHILE_READING": TLS_CLOSED,
}

CERTIFICATE = permanent(ErrorCategory.PERMISSION, "the server's certificate was not accepted", _BE_WARY)
_SET_CLOCK = "Set this computer's date and time; if they are right, only the site can renew it."
_STRANGER = (
    "If a proxy or virus scanner of yours looks into connections, let this computer trust its certificate; "
    "do not go on otherwise."
)
_CERTIFICATE_FIXES = {  # X509_V_ERR_... of OpenSSL's x509_vfy.h
    9: _SET_CLOCK,  # not yet valid
    10: _SET_CLOCK,  # has expired
    18: _STRANGER,  # self-signed
    19: _STRANGER,  # self-signed in the chain
    20: _STRANGER,  # issuer not found locally
    21: _STRANGER,  # first certificate cannot be verified
    62: "Check the spelling of the host; do not go on if it is right.",  # made for another host
    64: "Use the host's name instead of its number.",  # made for another address
}

DATABASE = transient(ErrorCategory.RESOURCE, "the database failed")
MISUSED = permanent(ErrorCategory.VALIDATION, "the database was asked for something that makes no sense")
CONSTRAINT = permanent(ErrorCategory.VALIDATION, "the database holds something that contradicts it")
_CORRUPT = permanent(ErrorCategory.INTEGRITY, "the database file is damaged", _RESTORE)
_NOT_ALLOWED = permanent(ErrorCategory.PERMISSION, "the database does not allow it", "Check who may write the file.")
SQLITE = {  # https://sqlite.org/rescode.html, the primary codes
    "SQLITE_ERROR": MISUSED,
    "SQLITE_PERM": _NOT_ALLOWED,
    "SQLITE_BUSY": transient(ErrorCategory.RESOURCE, "the database is locked by another program"),
    "SQLITE_LOCKED": transient(ErrorCategory.RESOURCE, "the database is locked by another part of the program"),
    "SQLITE_NOMEM": transient(ErrorCategory.RESOURCE, "the database is out of memory", _CLOSE_OTHERS),
    "SQLITE_READONLY": permanent(
        ErrorCategory.PERMISSION, "the database is read-only", "Make the file and its folder writable."
    ),
    "SQLITE_INTERRUPT": transient(ErrorCategory.RESOURCE, "the database was interrupted"),
    "SQLITE_IOERR": transient(ErrorCategory.RESOURCE, "the disk failed under the database", _CHECK_DISK),
    "SQLITE_CORRUPT": _CORRUPT,
    "SQLITE_FULL": permanent(ErrorCategory.RESOURCE, "the disk, or the database, is full", _FREE_SPACE),
    "SQLITE_CANTOPEN": permanent(
        ErrorCategory.RESOURCE, "the database file cannot be opened", "Check that its folder is there and writable."
    ),
    "SQLITE_PROTOCOL": transient(ErrorCategory.RESOURCE, "too many programs want the database at once"),
    "SQLITE_SCHEMA": transient(ErrorCategory.RESOURCE, "the database was changed meanwhile"),
    "SQLITE_TOOBIG": permanent(ErrorCategory.VALIDATION, "a value is too large for the database"),
    "SQLITE_CONSTRAINT": CONSTRAINT,
    "SQLITE_MISMATCH": MISUSED,
    "SQLITE_MISUSE": MISUSED,
    "SQLITE_NOLFS": permanent(ErrorCategory.RESOURCE, "the disk cannot hold a file this large", _OTHER_FOLDER),
    "SQLITE_AUTH": _NOT_ALLOWED,
    "SQLITE_RANGE": MISUSED,
    "SQLITE_NOTADB": permanent(ErrorCategory.INTEGRITY, "the file is not a database", _RESTORE),
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
"""Their numbers, which SQLite promises never to change. Its module is not imported here: only the store needs it."""

_BY_ERRNO = {getattr(errno, name): known for name, known in ERRNO.items() if hasattr(errno, name)}
_BY_RESOLVER = {getattr(socket, name): known for name, known in RESOLVER.items() if hasattr(socket, name)}
_BY_SQLITE = {SQLITE_CODES[name]: known for name, known in SQLITE.items()}

# asyncio, when no address of a host could be connected to: the only place where the numbers are left.
_SEVERAL = re.compile(r"Multiple exceptions: \[Errno ([0-9]{1,5})\]")


def of_number(error: OSError, otherwise: Classification | None) -> Classification | None:
    """Return what an operating system error's number says, ``otherwise`` where it has none that is known."""
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
    """Return what it means that a host's address was not found."""
    return _BY_RESOLVER.get(whole_number(error.errno) or 0) or NAME_NOT_FOUND


def of_tls(error: Any) -> Classification:
    """Return what OpenSSL's reason says."""
    return TLS.get(plain_text(attribute(error, "reason")), TLS_FAILED)


def of_certificate(error: Any) -> Classification:
    """Return why a certificate was not accepted, and what can be done about it."""
    why = (plain_text(attribute(error, "verify_message")) or text_of(error))[:200]
    fix = _CERTIFICATE_FIXES.get(whole_number(attribute(error, "verify_code")) or 0, _BE_WARY)
    return permanent(CERTIFICATE.category, f"{CERTIFICATE.reason}: {why}".removesuffix(": "), fix)


def is_sqlite(error: object) -> bool:
    """Return whether ``error`` was raised by SQLite."""
    return any(kind.__module__ == "sqlite3" and kind.__name__ == "Error" for kind in type(error).__mro__)


def of_sqlite(error: BaseException, otherwise: Classification) -> Classification:
    """Return what SQLite's code says; errors of Python's own part of it have none."""
    code = whole_number(attribute(error, "sqlite_errorcode"))
    return otherwise if code is None else _BY_SQLITE.get(code & 0xFF) or otherwise


def _unlisted(code: int) -> Classification | None:
    return transient(ErrorCategory.RESOURCE, os.strerror(code).lower()) if code in errno.errorcode else None

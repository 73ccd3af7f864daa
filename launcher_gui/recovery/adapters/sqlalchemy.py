"""Retries with async sessions of SQLAlchemy: rolls sessions back, and classifies errors.

Needs the extra ``sqlalchemy``, and the driver of the database.
"""

from __future__ import annotations

import functools
import inspect
import logging
import traceback
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from launcher_gui.recovery.classification import (
    TEXT_LIMIT,
    Classification,
    Disposition,
    ErrorCategory,
    ErrorClassifier,
    of_category,
)
from launcher_gui.recovery.classify.exception_introspection import causes
from launcher_gui.recovery.classify.system_errors import is_sqlite
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.execution.recoverable import Recoverable
from launcher_gui.recovery.runtime.tasks import run_to_completion
from launcher_gui.text.message import NOTHING, Message, message

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


def rolls_back(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Make an async function roll back the sessions among its arguments whenever it raises.

    Goes between ``recoverable`` and the function, which commits its own work::

        @recoverable(classifier=SQLAlchemyErrorClassifier())
        @rolls_back
        async def rename(session: AsyncSession, key: int, name: str) -> None:
            async with session.begin():
                ...

    When the function raises, is cancelled or times out, every ``AsyncSession`` among its arguments is rolled back
    before the exception propagates: added objects are discarded, loaded ones are expired, the connection is returned.
    If a session cannot be rolled back, its connection is closed, which has the same effect.

    A session must not be in a transaction: the caller's changes in it would be rolled back with the failed attempt,
    and be missing although the next one succeeds.

    A commit whose response is lost may have succeeded. If that matters, assign the keys of rows yourself.

    Raises:
        TypeError: If ``function`` is not async, or supervised already.
        InvalidInputError: From the call, if there is no session among its arguments, or one is in a transaction.
    """
    if not inspect.iscoroutinefunction(function):
        raise TypeError(f"{function!r} is not async; rolls_back is for functions with async sessions")
    if isinstance(getattr(function, "recovery", None), Recoverable):
        raise TypeError(f"put rolls_back below recoverable at {function.__qualname__}: every attempt is to be undone")

    @functools.wraps(function)
    async def clean(*args: P.args, **kwargs: P.kwargs) -> T:
        sessions = [value for value in (*args, *kwargs.values()) if isinstance(value, AsyncSession)]
        _check(sessions, function.__qualname__)
        try:
            return await function(*args, **kwargs)
        except BaseException as error:
            try:
                await run_to_completion(_undo(sessions))
            finally:
                _let_go(error)
            raise

    return clean


class SQLAlchemyErrorClassifier(ErrorClassifier):
    """Classifies SQLAlchemy's errors and those of database drivers, and leaves the rest to the library.

    Knows the codes of SQLite, the SQLSTATEs of PostgreSQL's drivers and the numbers of MySQL's. Neither the parameters
    of statements nor the texts of servers, which quote them, are recorded.
    """

    def classify(self, error: BaseException) -> Classification:
        """Return the classification of ``error``; if its own class is unknown, that of its ``__cause__``."""
        for link in causes(error):
            if (known := _classify(link)) is not None:
                return known
        return super().classify(error)

    def words(self, error: BaseException, failure: Classification) -> Message | str:
        """Return what happened, without SQLAlchemy's own texts, which quote parameters."""
        return failure.reason if _is_sqlalchemys(error) else super().words(error, failure)

    def detail(self, error: BaseException) -> str:
        """Return the technical details of ``error``: classes, the driver's code, the statement without parameters."""
        if not _is_sqlalchemys(error):
            return super().detail(error)
        return " ← ".join(_technical(link) for link in causes(error))[:TEXT_LIMIT]


def _check(sessions: list[AsyncSession], name: str) -> None:
    if not sessions:
        raise InvalidInputError("arguments of", name, message("input.no_session"), message("fix.pass_session"))
    for session in sessions:
        if session.in_transaction():
            raise InvalidInputError(
                "a session given to",
                name,
                message("input.session_in_transaction"),
                message("fix.session_in_transaction"),
            )


async def _undo(sessions: list[AsyncSession]) -> None:
    for session in sessions:
        try:
            await session.rollback()
        except Exception as error:  # noqa: BLE001 the function's own error is the one to raise
            _log.warning("a session could not be rolled back (%s); its connection is closed", type(error).__name__)
            await _give_up(session)


async def _give_up(session: AsyncSession) -> None:
    try:
        await session.invalidate()
    except Exception as error:  # noqa: BLE001 the same
        _log.warning("nor could its connection be closed: %s", type(error).__name__)


def _let_go(error: BaseException) -> None:
    """Clear the frames of a cancelled call: a cursor in them would keep SQLite's transaction and its lock alive.

    SQLAlchemy closes a connection on which a statement was cancelled, but SQLite ends the transaction only when the
    last cursor is gone. Frames of ordinary errors are kept for debugging.
    """
    if not isinstance(error, Exception):
        traceback.clear_frames(error.__traceback__)


def _of(
    category: ErrorCategory,
    disposition: Disposition,
    reason: Message,
    *,
    fix: Message = NOTHING,
    host_fault: bool = False,
) -> Classification:
    return Classification(category, disposition, reason, fix, host_fault=host_fault)


_LOCKED = _of(ErrorCategory.RESOURCE, Disposition.TRANSIENT, message("sql.locked"))
_DEADLOCK = _of(ErrorCategory.RESOURCE, Disposition.TRANSIENT, message("sql.deadlock"))
_CONFLICT = _of(ErrorCategory.RESOURCE, Disposition.TRANSIENT, message("sql.conflict"))
_LOST = of_category(ErrorCategory.NETWORK, message("sql.lost"))
_UNAVAILABLE = of_category(ErrorCategory.SERVER, message("sql.unavailable"))
_EXHAUSTED = _of(ErrorCategory.RESOURCE, Disposition.TRANSIENT, message("sql.exhausted"))
_TOOK_TOO_LONG = of_category(ErrorCategory.TIMEOUT, message("sql.statement_timeout"))
_FULL = _of(ErrorCategory.RESOURCE, Disposition.PERMANENT, message("sql.full"), fix=message("fix.sql_space"))
_FORBIDDEN = of_category(ErrorCategory.PERMISSION, message("database.denied"))
_READ_ONLY = of_category(ErrorCategory.PERMISSION, message("sql.read_only"))
_NOT_OPENED = of_category(ErrorCategory.PERMISSION, message("database.cannot_open"))
_DAMAGED = of_category(ErrorCategory.INTEGRITY, message("sql.damaged"))
_CONSTRAINT = of_category(ErrorCategory.VALIDATION, message("sql.constraint"))
_WRONG_VALUE = of_category(ErrorCategory.VALIDATION, message("sql.wrong_value"))
_WRONG_STATEMENT = of_category(ErrorCategory.VALIDATION, message("sql.wrong_statement"))
_WRONG_USE = of_category(ErrorCategory.VALIDATION, message("sql.misused"))
_NO_ROW = of_category(ErrorCategory.NOT_FOUND, message("sql.no_row"))
_POOL_EMPTY = _of(ErrorCategory.RESOURCE, Disposition.TRANSIENT, message("sql.pool_empty"))
_UNCLEAR = _of(ErrorCategory.RESOURCE, Disposition.TRANSIENT, message("sql.failed"))

# https://www.sqlite.org/rescode.html: the primary codes.
_SQLITE = {
    1: _WRONG_STATEMENT,  # SQLITE_ERROR: no such table, a syntax error
    3: _FORBIDDEN,  # SQLITE_PERM
    5: _LOCKED,  # SQLITE_BUSY
    6: _LOCKED,  # SQLITE_LOCKED
    8: _READ_ONLY,  # SQLITE_READONLY
    11: _DAMAGED,  # SQLITE_CORRUPT
    13: _FULL,  # SQLITE_FULL
    14: _NOT_OPENED,  # SQLITE_CANTOPEN
    26: _DAMAGED,  # SQLITE_NOTADB
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html: whole codes first, then their classes.
_SQLSTATES = {
    "40001": _CONFLICT,
    "40P01": _DEADLOCK,
    "42501": _FORBIDDEN,
    "53100": _FULL,
    "55P03": _LOCKED,
    "57014": _TOOK_TOO_LONG,
    "57P01": _UNAVAILABLE,
    "57P02": _UNAVAILABLE,
    "57P03": _UNAVAILABLE,
    "08": _LOST,
    "22": _WRONG_VALUE,
    "23": _CONSTRAINT,
    "25006": _READ_ONLY,
    "28": _FORBIDDEN,
    "42": _WRONG_STATEMENT,
    "53": _EXHAUSTED,
}

# https://dev.mysql.com/doc/mysql-errors/en/: the server's numbers, and the client's from 2000 on.
_MYSQL = {
    1021: _FULL,
    1040: _EXHAUSTED,
    1044: _FORBIDDEN,
    1045: _FORBIDDEN,
    1053: _UNAVAILABLE,
    1114: _FULL,
    1142: _FORBIDDEN,
    1205: _LOCKED,
    1213: _DEADLOCK,
    1290: _READ_ONLY,
    2002: _LOST,
    2003: _LOST,
    2006: _LOST,
    2013: _LOST,
    2055: _LOST,
    3024: _TOOK_TOO_LONG,
}


def _classify(error: BaseException) -> Classification | None:
    match error:
        case exc.DBAPIError():
            return _classify_driver(error)
        case exc.TimeoutError():
            return _POOL_EMPTY
        case exc.DisconnectionError():
            return _LOST
        case StaleDataError():
            return _CONFLICT
        case exc.NoResultFound():
            return _NO_ROW
        case exc.SQLAlchemyError():
            return _WRONG_USE
        case _:
            return None


def _classify_driver(error: exc.DBAPIError) -> Classification:
    if error.connection_invalidated:
        return _LOST
    if (known := _by_code(error.orig)) is not None:
        return known
    match error:
        case exc.IntegrityError():
            return _CONSTRAINT
        case exc.DataError():
            return _WRONG_VALUE
        case exc.ProgrammingError() | exc.NotSupportedError() | exc.InterfaceError():
            return _WRONG_STATEMENT
        case _:
            return _UNCLEAR


def _by_code(driver_error: BaseException | None) -> Classification | None:
    """Classify by the driver's error code, for each supported database."""
    match _code_of(driver_error):
        case int(code) if is_sqlite(driver_error):
            return _SQLITE.get(code & 0xFF)
        case int(code):
            return _MYSQL.get(code)
        case str(code):
            return _SQLSTATES.get(code) or _SQLSTATES.get(code[:2])
        case _:
            return None


def _code_of(error: BaseException | None) -> int | str | None:
    if is_sqlite(error):
        return getattr(error, "sqlite_errorcode", None)
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    if isinstance(state, str):
        return state
    number = error.args[0] if error is not None and error.args else None
    return number if isinstance(number, int) else None


def _technical(error: BaseException) -> str:
    name = type(error).__name__
    if is_sqlite(error):
        return f"{name}: {error}"  # SQLite's texts name tables and columns, never values
    if isinstance(error, exc.StatementError):
        code = _code_of(error.orig)
        return " ".join(filter(None, (name, "" if code is None else f"({code})", error.statement)))
    return name


def _is_sqlalchemys(error: BaseException) -> bool:
    return any(isinstance(link, exc.SQLAlchemyError) for link in causes(error))

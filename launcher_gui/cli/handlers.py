"""The handlers of the commands, and their exit statuses."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from launcher_gui.cli import output, queue, settings
from launcher_gui.cli.export import backup, export
from launcher_gui.cli.operation_lookup import everything, find, places_of
from launcher_gui.cli.parser import COMMANDS_BY_WORD, WHO
from launcher_gui.cli.tokens import token
from launcher_gui.cli.transfer import get, run_queue
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.link_list import parse_list
from launcher_gui.downloads.partial.model_file_check import pickle_warning
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor import feed
from launcher_gui.monitor.commands import change_host, give
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.recovery.exceptions import ExclusiveKeyError, InvalidInputError, RecoveryError
from launcher_gui.recovery.log_hook import operations_log
from launcher_gui.recovery.operation import CommandKind, CommandState, Operation, OperationState
from launcher_gui.recovery.rules.applicable_commands import applicable, applies
from launcher_gui.recovery.worker.worker import Worker
from launcher_gui.text.message import Message, message

DONE, FAILED, BAD_USAGE, INTERRUPTED = 0, 1, 2, 130

_ANSWER_LIMIT_S = 15.0
_WHO_WORKS = "A running window, or 'run', works on the queue."

Handler = Callable[[DownloadService, argparse.Namespace], Coroutine[Any, Any, int]]


def _problem_text(error: Exception) -> str:
    """Return what is wrong and what to do about it, in one or two sentences."""
    fix = error.classification.fix if isinstance(error, DownloadError) else ""
    text = f"{error}. {fix}" if fix else str(error)
    return f"{text}." if ". " in text and not text.endswith(".") else text


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command in ``arguments`` and return the exit status."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    operations_log.setLevel(logging.ERROR)  # this program reports what happens to downloads itself
    try:
        return asyncio.run(_run(arguments))
    except (KeyboardInterrupt, asyncio.CancelledError):
        working = arguments.command in {"get", "run"}
        kept = " Progress is saved; run the same command again to resume." if working else ""
        output.complain(f"Interrupted.{kept}")
        return INTERRUPTED
    except InvalidInputError as error:
        output.complain(f"comfyui-recovery: {error}")
        return BAD_USAGE
    except DownloadError as error:
        output.complain(f"comfyui-recovery: {_problem_text(error)}")
        return FAILED
    except (RecoveryError, output.OutputError) as error:
        output.complain(f"comfyui-recovery: {_problem_text(error)}")
        return FAILED


async def _run(arguments: argparse.Namespace) -> int:
    _interrupt_on_terminate()
    async with DownloadService(arguments.store, WHO) as service:
        return await _HANDLERS[arguments.command](service, arguments)


def _interrupt_on_terminate() -> None:
    """Make SIGTERM and SIGHUP end the work as Ctrl-C does, with a checkpoint, if the platform has these signals."""
    work = asyncio.current_task()
    if sys.platform == "win32" or work is None:
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup ignores it on purpose
            asyncio.get_running_loop().add_signal_handler(number, work.cancel)


async def _get(service: DownloadService, arguments: argparse.Namespace) -> int:
    if arguments.list is None:
        request = _request(service, arguments)
        _warn(request)
        return await get(service, request, as_json=arguments.json, discard=arguments.discard)
    added = await _add_list(service, arguments)
    return added if added == BAD_USAGE else max(added, await run_queue(service, as_json=arguments.json))


async def _add(service: DownloadService, arguments: argparse.Namespace) -> int:
    if arguments.list is not None:
        return await _add_list(service, arguments)
    await _queue(service, _request(service, arguments), arguments)
    return DONE


async def _add_list(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Queue every link of a list, or none if any line is invalid."""
    if arguments.name or arguments.sha256 or arguments.mirror:
        raise InvalidInputError(
            "list",
            arguments.list,
            "has its own names and hashes",
            "Put names and hashes into the list.",
        )
    folder = _folder(service, arguments)
    listed = parse_list(await asyncio.to_thread(_read_list, arguments.list), folder)
    for problem in listed.problems:
        output.complain(f"{arguments.list}, line {problem.line}: {problem.problem}")
    if listed.problems:
        output.complain("Nothing was added.")
        return BAD_USAGE
    requests = [service.parse(one.url, folder, one.name, one.sha256, one.mirrors) for one in listed.entries]
    refused = 0
    for request in requests:
        try:
            await _queue(service, request, arguments)
        except (DownloadError, ExclusiveKeyError) as error:
            refused += 1
            output.complain(f"{request.destination.name}: {_problem_text(error)}")
    if not requests:
        output.complain(f"{arguments.list} contains no links.")
    return FAILED if refused or not requests else DONE


def _read_list(path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode()
    except OSError as error:
        raise InvalidInputError("list", path, f"cannot be read: {error.strerror}", "Check its path.") from error
    except UnicodeDecodeError as error:
        raise InvalidInputError("list", path, "is not text in UTF-8", "Save it as UTF-8.") from error


async def _queue(service: DownloadService, request: DownloadRequest, arguments: argparse.Namespace) -> None:
    await service.check(request)
    operation = await service.add(request, discard=arguments.discard)
    projection = await everything(service)
    view, places = projection.views[operation.id], places_of(projection)
    if arguments.json:
        output.print_json(output.operation_json(view, places.get(view.id)))
    else:
        output.say(f"{operation.id}  {view.name}: {operation.state}. {_who_works(service)}")
    _warn(request)
    if service.full_url(request.url) != request.url:
        output.complain(
            "The password or token in this link is not stored, so another process cannot use it. "
            "Use 'get' to download with it."
        )


def _warn(request: DownloadRequest) -> None:
    warning = pickle_warning(request.destination.name)
    if warning:
        output.complain(f"{request.destination.name}: {warning}")


def _request(service: DownloadService, arguments: argparse.Namespace) -> DownloadRequest:
    return service.parse(arguments.url, _folder(service, arguments), arguments.name, arguments.sha256, arguments.mirror)


async def _list(service: DownloadService, arguments: argparse.Namespace) -> int:
    projection = await everything(service)
    views, places = list(projection.views.values()), places_of(projection)
    if arguments.json:
        for view in views:
            output.print_json(output.operation_json(view, places.get(view.id)))
    elif views:
        output.say(output.operations_table(views, places, service.clock.now(), service.hours()))
    else:
        output.say("No downloads yet. Add one with: add URL")
    return DONE


async def _show(service: DownloadService, arguments: argparse.Namespace) -> int:
    operation = await find(service, arguments.id)
    projection = await everything(service)
    view, steps = projection.views[operation.id], projection.steps_of(operation.id)
    if arguments.json:
        output.print_json(output.operation_json(view, places_of(projection).get(view.id)))
        return DONE
    output.say(output.operation_details(view, service.clock.now(), service.hours()))
    if steps:
        output.say("  steps\n" + output.steps_text(steps))
    return DONE


async def _command(service: DownloadService, arguments: argparse.Namespace) -> int:
    kind = COMMANDS_BY_WORD[arguments.command]
    if arguments.all:
        chosen = await _all_for(service, kind)
    else:
        chosen = [await find(service, prefix) for prefix in arguments.ids]
    worker = service.worker()
    choices = {**({"discard": True} if arguments.discard else {}), **service.wanted_now(kind)}
    done = 0
    for operation in chosen:
        state, answer = await _give(service, worker, operation, kind, choices)
        done += state is CommandState.DONE
        if arguments.json:
            output.print_json({"id": operation.id, "command": kind, "state": state, "answer": str(answer)})
        elif state is CommandState.DONE:
            output.say(output.done_text(operation, kind, answer))
        else:
            output.complain(output.not_done_text(operation, kind, state, answer))
    if not chosen and not arguments.json:
        output.say(f"Nothing to {kind}.")
    if done and kind is CommandKind.RESUME and not arguments.json:
        output.say(_WHO_WORKS)
    return DONE if done == len(chosen) else FAILED


async def _all_for(service: DownloadService, kind: CommandKind) -> list[Operation]:
    """Return the downloads that a command for all of them applies to."""
    states = {state for state in OperationState if kind in applicable(state)}
    if kind is CommandKind.RESUME:
        states.discard(OperationState.CANCELLED)  # a cancelled download stays cancelled unless it is named
    if kind is CommandKind.RETRY:
        states.discard(OperationState.QUEUED)  # all of them cannot be next
    found = await service.store.read(lambda tx: tx.operations.in_states(states))
    return [operation for operation in found if applies(kind, operation)]


async def _give(
    service: DownloadService, worker: Worker, operation: Operation, kind: CommandKind, choices: dict[str, bool]
) -> tuple[CommandState, Message]:
    """Send a command, wait for its answer, and return that."""
    command = await give(service.store, service.clock, operation.id, kind, WHO, choices)
    if command.state is CommandState.PENDING:
        await worker.obey()
        answered = await feed.until_answered(service.watch, command.id, _ANSWER_LIMIT_S)
        if answered is None:
            return CommandState.PENDING, message("answer.pending")
        command = answered
    return command.state, command.answer


async def _run_queue(service: DownloadService, arguments: argparse.Namespace) -> int:
    return await run_queue(service, as_json=arguments.json)


async def _breakers(service: DownloadService, arguments: argparse.Namespace) -> int:
    found = await service.store.read(lambda tx: tx.breakers.every())
    if arguments.json:
        for breaker in found:
            output.print_json(output.breaker_json(breaker))
    elif found:
        output.say(output.breakers_table(found, service.clock.now()))
    else:
        output.say("No host has failed.")
    return DONE


async def _isolate_breaker(service: DownloadService, arguments: argparse.Namespace) -> int:
    scope = arguments.scope.strip()
    if not scope:
        raise InvalidInputError("SCOPE", arguments.scope, "is empty", "Use the name of a host.")
    held = await change_host(service.store, service.clock, scope, HostAction.ISOLATE, WHO)
    if arguments.json and held is not None:
        output.print_json(output.breaker_json(held))
    else:
        output.say(f"{scope}: paused until you run 'reset-breaker {scope}'.")
    return DONE


async def _reset_breaker(service: DownloadService, arguments: argparse.Namespace) -> int:
    reset = await change_host(service.store, service.clock, arguments.scope, HostAction.RESET, WHO)
    if reset is None:
        raise InvalidInputError(
            "SCOPE", arguments.scope, "has no recorded failures", "Use a host listed by 'breakers'."
        )
    if arguments.json:
        output.print_json(output.breaker_json(reset))
    else:
        output.say(f"{arguments.scope}: resumed; failures cleared.")
    return DONE


async def _export(service: DownloadService, arguments: argparse.Namespace) -> int:
    chosen = [await find(service, prefix) for prefix in arguments.ids]
    return await export(service, arguments, frozenset(operation.id for operation in chosen) or None)


def _who_works(service: DownloadService) -> str:
    """Return which process works on the queue, and since when."""
    closed = service.closed()
    return f"{_WHO_WORKS} It is {closed}." if closed else _WHO_WORKS


def _folder(service: DownloadService, arguments: argparse.Namespace) -> str:
    return arguments.to or service.settings().download_folder or str(Path.cwd())


_HANDLERS: dict[str, Handler] = {
    "get": _get,
    "add": _add,
    "list": _list,
    "show": _show,
    **dict.fromkeys(COMMANDS_BY_WORD, _command),
    "priority": queue.prioritise,
    "move": queue.move,
    "run": _run_queue,
    "breakers": _breakers,
    "isolate-breaker": _isolate_breaker,
    "reset-breaker": _reset_breaker,
    "settings": settings.show,
    "set": settings.change,
    "unset": settings.change,
    "token": token,
    "export": _export,
    "backup": backup,
}

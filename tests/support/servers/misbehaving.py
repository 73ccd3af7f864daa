"""A file server that does what a script says, request by request, and remembers what it was asked.

Within a test's own loop it is an async context manager, `MisbehavingServer`. As a process of its own, for programs
that are processes too, it is started by `tests.support.servers.misbehaving_process`, or by hand::

    python -m tests.support.servers.misbehaving --port 0 --size 200000000

which prints the port. It is then steered over HTTP: GET /_log, POST /_script, POST /_file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import ssl
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.support.builders.files import KIB, ONE_MIB, Content
from tests.support.servers.behaviours import (
    BEHAVE,
    Answer,
    Behaviour,
    HangUp,
    Headers,
    Raw,
    Redirect,
    Request,
    RetryAfter,
    Script,
    Serve,
    Silence,
    decode,
    encode,
)
from tests.support.servers.serving import hang_up, plan, send, write_raw

PATH = "/model.safetensors"
"""Where the file lies that every server has from the beginning."""

Log = tuple[Request, ...]


@dataclass
class _File:
    content: Content
    steps: deque[Behaviour]
    then: Behaviour

    def next(self) -> Behaviour:
        return self.steps.popleft() if self.steps else self.then


class MisbehavingServer:
    """The server, on this machine and a port of its own.

    Args:
        content: What lies at `PATH`.
        port: The port; 0 takes any that is free.
        host: The address.
        tls: Its certificate, if it is to be encrypted.
    """

    def __init__(
        self,
        content: Content = ONE_MIB,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._files: dict[str, _File] = {}
        self._log: list[Request] = []
        self._changed = asyncio.Event()
        self._tls = tls
        self._socket = _listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.origin = f"{'http' if tls is None else 'https'}://{shown}:{self.port}"
        self._runner = web.AppRunner(
            self._application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.05
        )
        self.add(PATH, content)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket, ssl_context=self._tls).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def url(self, path: str = PATH) -> str:
        """Return the URL of a path."""
        return self.origin + path

    def add(self, path: str, content: Content) -> None:
        """Serve ``content`` at ``path``, behaving well until a script changes that."""
        self._files[path] = _File(content, deque(), BEHAVE)

    def script(self, *steps: Behaviour, then: Behaviour = BEHAVE, path: str = PATH) -> None:
        """Let the next requests for ``path`` meet ``steps``, one each, and all further ones ``then``.

        A path at which no file lies may have a script too, as long as that never serves one.
        """
        content = self._files[path].content if path in self._files else Content(0)
        self._files[path] = _File(content, deque(steps), then)

    @property
    def log(self) -> Log:
        """All requests so far, in the order they came."""
        return tuple(self._log)

    async def until(self, met: Callable[[Log], bool], within: float = 10.0) -> Log:
        """Wait until the log is as ``met`` wants it and return it.

        Raises:
            TimeoutError: It did not come to that in time.
        """
        async with asyncio.timeout(within):
            while not met(self.log):
                self._changed.clear()
                await self._changed.wait()
        return self.log

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/_log", self._answer_log)
        application.router.add_post("/_script", self._take_script)
        application.router.add_post("/_file", self._take_file)
        application.router.add_get("/{path:.*}", self._answer)
        return application

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        number = len(self._log)
        self._log.append(Request(request.method, request.path_qs, tuple(request.headers.items())))
        self._changed.set()
        try:
            return await self._behave(request, number)
        finally:
            self._note(number, ended=True)

    async def _behave(self, request: web.Request, number: int) -> web.StreamResponse:
        file = self._files.get(request.path)
        behaviour = file.next() if file else Answer(404)
        match behaviour:
            case Serve():
                assert file is not None
                return await self._serve(request, number, behaviour, file.content)
            case Redirect(to=to, status=status, headers=headers):
                return self._page(request, number, status, "", (("Location", to), *headers))
            case Answer(status=status, body=body):
                return self._page(request, number, status, body, _headers_of(behaviour))
            case HangUp(reset=reset):
                await hang_up(request, reset=reset)
                return web.Response()
            case Raw():
                await write_raw(request, behaviour)
                return web.Response()
            case Silence():
                await asyncio.Event().wait()
                return web.Response()

    async def _serve(self, request: web.Request, number: int, serve: Serve, content: Content) -> web.StreamResponse:
        served = serve.content or content
        answer = plan(serve, served, request.headers)
        self._note(number, status=answer.status)

        def sent(count: int) -> None:
            self._note(number, sent=self._log[number].sent + count)

        return await send(request, answer, serve, served, sent)

    def _page(self, request: web.Request, number: int, status: int, body: str, headers: Headers) -> web.Response:
        encoded = body.encode()
        self._note(number, status=status, sent=0 if request.method == "HEAD" else len(encoded))
        return web.Response(status=status, body=encoded, headers=headers)

    def _note(self, number: int, **changes: Any) -> None:
        self._log[number] = replace(self._log[number], **changes)
        self._changed.set()

    async def _answer_log(self, _request: web.Request) -> web.Response:
        return web.json_response(encode(self.log))

    async def _take_script(self, request: web.Request) -> web.Response:
        asked = await request.json()
        script: Script = decode(asked["script"])
        self.script(*script.steps, then=script.then, path=asked["path"])
        return web.Response()

    async def _take_file(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.add(asked["path"], decode(asked["content"]))
        return web.Response()


def _listening(host: str, port: int) -> socket.socket:
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    # What a killed client had not read yet counts as sent: the less the system buffers, the truer the log.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 128 * KIB)
    return listener


def _headers_of(answer: Answer) -> Headers:
    page = ("Content-Type", f"{answer.content_type}; charset=utf-8")
    retry = (("Retry-After", _retry_after(answer.retry_after)),) if answer.retry_after else ()
    return (page, *retry, *answer.headers)


def _retry_after(when: RetryAfter) -> str:
    if not when.as_date:
        return str(when.seconds)
    return format_datetime(datetime.now(UTC) + timedelta(seconds=when.seconds), usegmt=True)


async def _run(arguments: argparse.Namespace) -> None:
    async with MisbehavingServer(Content(arguments.size, arguments.seed), port=arguments.port) as server:
        server.script(*decode(json.loads(arguments.script)))
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        # The process that started this one holds its standard input open for as long as it lives.
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description="A file server that misbehaves as its script says.")
    parser.add_argument("--port", type=int, default=0, help="the port; 0, the default, takes any that is free")
    parser.add_argument("--size", type=int, default=ONE_MIB.size, help="how many bytes the file has")
    parser.add_argument("--seed", type=int, default=ONE_MIB.seed, help="which bytes")
    parser.add_argument("--script", default="[]", help="behaviours as JSON, one per request")
    asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()

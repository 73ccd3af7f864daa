"""The ways in which a server can misbehave, and what the program is expected to do in each case.

`tests/faults/test_matrix.py` runs each of them with the real program, and ``docs/what-happens-when.md`` is generated
from the results. To regenerate it after an intended change::

    python -m tests.support.servers.matrix
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.text.message import NOTHING, Message, Value
from tests.support.builders.downloading import Told, downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import (
    Answer,
    Behaviour,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    Raw,
    Redirect,
    RetryAfter,
    Serve,
    Silence,
    Stall,
    Truncate,
)
from tests.support.servers.misbehaving import PATH, MisbehavingServer

DOCUMENT = Path(__file__).parents[3] / "docs" / "what-happens-when.md"
STALL_S = 1.0
_UNHURRIED_S = 30.0

KEPT = 600 * KIB
BREAKS_OFF = Serve(Drop(KEPT))
OTHER = Content(MIB, seed=9)
SHORTER = Content(700_000, seed=9)
SILENT = {"etag": ETag.NONE, "last_modified": False}

_OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n"
_WHOLE = f"Content-Length: {MIB}\r\n"


@dataclass(frozen=True)
class Case:
    """One misbehaviour and what is to become of the download.

    Attributes:
        about: What it concerns, a heading of the document.
        server: What the server does, as the end of "The server ...".
        steps: How it answers the requests for the file, one each.
        attempts: How many attempts are made.
        kept: With how many bytes the last one begins.
        installed: What the installed file holds; ``None`` where none must be.
        then: What every further request meets; by default the server behaves well.
        hashed: Whether the person gave the file's SHA-256.
        elsewhere: What lies at other paths.
        left: How much is kept of a file that could not be finished; ``None`` where that depends on the system.
    """

    about: str
    server: str
    steps: tuple[Behaviour, ...]
    attempts: int = 2
    kept: int = 0
    installed: Content | None = ONE_MIB
    then: Behaviour = field(default_factory=Serve)
    hashed: bool = False
    elsewhere: tuple[tuple[str, Behaviour], ...] = ()
    left: int | None = None


def _always(about: str, server: str, behaviour: Behaviour, attempts: int = 1, *, hashed: bool = False) -> Case:
    """Return a case in which nothing is to be had."""
    return Case(about, server, (), attempts, installed=None, then=behaviour, hashed=hashed)


def _raw(lines: str, content: Content | None = ONE_MIB, tail: str = "") -> Raw:
    return Raw(f"{_OK}{lines}\r\n", content, tail)


def _cases() -> Iterator[Case]:
    yield from _connections()
    yield from _bodies()
    yield from _framings()
    yield from _no_http()
    yield from _statuses()
    yield from _redirects()
    yield from _parts()
    yield from _identities()


def _connections() -> Iterator[Case]:
    about = "The connection"
    yield Case(about, "resets the connection in the middle", (BREAKS_OFF,), 2, KEPT)
    yield Case(about, "closes the connection in the middle", (Serve(Drop(KEPT, reset=False)),), 2, KEPT)
    yield Case(about, "resets the connection before the first byte of the file", (Serve(Drop(0)),))
    yield Case(about, "closes the connection one byte before the end", (Serve(Drop(MIB - 1, reset=False)),), 2, MIB - 1)
    yield Case(about, "resets the connection after every 100 KiB", (Serve(Drop(100 * KIB)),) * 10, 11, 1000 * KIB)
    yield Case(about, "resets the connection instead of answering", (HangUp(),))
    yield Case(about, "closes the connection instead of answering", (HangUp(reset=False),))
    yield _always(about, "resets every connection", HangUp(), 4)
    yield Case(about, "sends a part and then nothing more", (Serve(Stall(KEPT)),), 2, KEPT)
    yield Case(about, "takes the request and never answers", (Silence(),))
    yield Case(about, "sends its headers one byte at a time, endlessly", (Raw(_OK + "X: " + "x" * 500, drip_s=0.05),))
    yield Case(about, "sends the file slowly, but steadily", (Serve(rate=4 * MIB),), 1)
    yield Case(about, "breaks off, and answers the next request with 500", (BREAKS_OFF, Answer(500)), 3, KEPT)


def _bodies() -> Iterator[Case]:
    about = "What is in the body"
    yield _always(about, "answers 200 with a web page", Answer(200))
    yield _always(about, "answers 200 with XHTML", Answer(200, content_type="application/xhtml+xml"))
    yield _always(about, "answers 200 with an error as JSON", Answer(200, '{"error":"no"}', "application/json"))
    yield _always(about, "answers 200 with an error as plain text", Answer(200, "Too many requests", "text/plain"))
    yield Case(
        about,
        "breaks off, and sends a web page in place of the rest",
        (BREAKS_OFF, Answer(200)),
        installed=None,
        left=KEPT,
    )
    yield _always(about, "compresses the file although asked not to", Serve(gzip=True))
    yield _always(about, "says that it compressed the file in an unknown way", _headed("br"))
    yield Case(about, "says that it did nothing to the file (identity)", (_headed("identity"),), 1)
    yield _always(about, "sends a file of no bytes", Serve(content=Content(0)))
    yield _always(
        about, "ends a chunked file early as if it were complete", Serve(Truncate(KEPT), framing=Framing.CHUNKED)
    )
    yield _always(about, "sends another file than the SHA-256 says", Serve(content=OTHER), hashed=True)
    yield _always(
        about, "sends a file with the right length and a damaged beginning", _raw(_WHOLE, Content(MIB - 1), "x")
    )
    yield Case(
        about,
        "suggests a name that leads out of the folder",
        (Serve(disposition='attachment; filename="../../model.safetensors"'),),
        1,
    )


def _headed(coding: str) -> Behaviour:
    return Serve(headers=(("Content-Encoding", coding),))


def _framings() -> Iterator[Case]:
    about = "How the end is marked"
    chunks = f"Transfer-Encoding: chunked\r\n\r\n{MIB:x}\r\n"
    yield Case(about, "sends the file in chunks", (Serve(framing=Framing.CHUNKED),), 1)
    yield Case(about, "sends chunks and breaks off", (Serve(Drop(KEPT), framing=Framing.CHUNKED),), 2, KEPT)
    yield _always(about, "marks the end only by closing the connection", Serve(framing=Framing.CLOSE))
    yield Case(about, "the same, and a SHA-256 is known", (Serve(framing=Framing.CLOSE),), 1, hashed=True)
    yield _always(
        about,
        "closes early where only that marks the end, and a SHA-256 is known",
        Serve(Truncate(KEPT), framing=Framing.CLOSE),
        hashed=True,
    )
    yield Case(about, "answers in HTTP/1.0 with a length", (Raw(f"HTTP/1.0 200 OK\r\n{_WHOLE}\r\n", ONE_MIB),), 1)
    yield _always(about, "answers in HTTP/1.0 without a length", Raw("HTTP/1.0 200 OK\r\n\r\n", ONE_MIB))
    yield Case(about, "announces more bytes than it sends", (_raw(f"Content-Length: {MIB + 5}\r\n"),), 2)
    yield _always(about, "announces fewer bytes than the file has", _raw(f"Content-Length: {MIB - 5}\r\n"))
    yield Case(about, "announces two lengths", (_raw(f"{_WHOLE}Content-Length: 5\r\n"),))
    yield Case(about, "announces the same length twice", (_raw(f"{_WHOLE}{_WHOLE}"),), 2)
    yield Case(about, "announces a length below zero", (_raw("Content-Length: -1\r\n"),))
    yield Case(about, "announces a length that is no number", (_raw("Content-Length: many\r\n"),))
    yield Case(about, "announces a length and chunks", (_raw(_WHOLE + chunks.removesuffix("\r\n"), None),))
    yield Case(about, "sends a chunk whose length is no number", (_raw("Transfer-Encoding: chunked\r\n\r\nxyz", None),))
    yield Case(
        about, "sends chunks with fields after the last", (Raw(_OK + chunks, ONE_MIB, "\r\n0\r\nX: y\r\n\r\n"),), 1
    )
    yield Case(about, "goes on after the announced length on the same connection", (_raw(_WHOLE, ONE_MIB, "more"),), 1)


def _no_http() -> Iterator[Case]:
    about = "What is hardly HTTP"
    ok = Raw(f"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n{_OK}{_WHOLE}\r\n", ONE_MIB)
    yield Case(about, "sends 103 Early Hints before its answer", (ok,), 1)
    yield Case(
        about,
        "sends 100 Continue before its answer",
        (Raw(f"HTTP/1.1 100 Continue\r\n\r\n{_OK}{_WHOLE}\r\n", ONE_MIB),),
        1,
    )
    yield Case(about, "speaks another protocol", (Raw("SSH-2.0-OpenSSH_9.2\r\n"),))
    yield Case(about, "sends just the file, without any header", (Raw("", ONE_MIB),))
    yield Case(about, "sends a status that is no number", (Raw("HTTP/1.1 OK\r\n\r\n"),))
    yield Case(about, "sends a header of 100 KB", (_raw(f"X: {'x' * 100_000}\r\n{_WHOLE}"),))
    yield Case(about, "sends a header with a NUL in it", (_raw(f"X: a\0b\r\n{_WHOLE}"),))
    yield Case(about, "sends a header without a colon", (_raw(f"nonsense\r\n{_WHOLE}"),))
    yield Case(about, "closes the connection within its headers", (Raw("HTTP/1.1 200 OK\r\nContent-Le"),))


def _statuses() -> Iterator[Case]:
    about = "The status"
    for status in (400, 401, 402, 403, 404, 405, 406, 407, 410, 416, 418, 451, 501, 505, 511):
        yield _always(about, f"answers {status}", Answer(status))
    for status in (408, 425, 500, 502, 504, 599):
        yield Case(about, f"answers {status} once", (Answer(status),))
    yield Case(about, "answers 429 and says when to retry", (Answer(429, retry_after=RetryAfter(0)),))
    yield Case(about, "answers 503 and says when to retry", (Answer(503, retry_after=RetryAfter(0)),))
    yield _always(about, "asks to retry tomorrow", Answer(503, retry_after=RetryAfter(86_400)))
    yield _always(about, "always answers 500", Answer(500), 4)
    yield Case(about, "answers 204, without the file", (Raw("HTTP/1.1 204 No Content\r\n\r\n"),))
    yield Case(about, "answers 304, as if the file were cached", (Raw("HTTP/1.1 304 Not Modified\r\n\r\n"),))
    yield Case(about, "answers 999", (Raw("HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"),))


def _redirects() -> Iterator[Case]:
    about = "Redirects"
    for status in (301, 302, 303, 307, 308):
        yield Case(
            about, f"redirects with {status}", (Redirect("/other", status),), 1, elsewhere=(("/other", Serve()),)
        )
    chain = tuple((f"/{hop}", Redirect(f"/{hop + 1}")) for hop in range(1, 20))
    yield Case(about, "redirects 20 times", (Redirect("/1"),), 1, elsewhere=(*chain, ("/20", Serve())))
    yield _always(about, "redirects endlessly", Redirect(PATH))
    yield Case(about, "redirects to the same address once", (Redirect(PATH),), 1)
    yield _always(about, "redirects to a file on this computer", Redirect("file:///etc/passwd"))
    yield _always(about, "redirects to an invalid link", Redirect("http://[::1"))
    yield _always(about, "redirects to nowhere", Raw("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), 4)
    yield Case(
        about,
        "redirects to a login page",
        (),
        1,
        installed=None,
        then=Redirect("/login"),
        elsewhere=(("/login", Answer(200)),),
    )
    signed = "/signed?X-Amz-Expires=60"
    yield Case(
        about,
        "redirects to a signed address that has expired, once",
        (Redirect("/expired?X-Amz-Expires=60"), Redirect(signed)),
        1,
        elsewhere=(("/expired", Answer(403)), ("/signed", Serve())),
    )
    yield Case(
        about,
        "redirects to signed addresses that never work",
        (),
        4,
        installed=None,
        then=Redirect(signed),
        elsewhere=(("/signed", Answer(403)),),
    )
    yield Case(
        about,
        "redirects to a file that is gone",
        (),
        1,
        installed=None,
        then=Redirect("/gone"),
        elsewhere=(("/gone", Answer(404)),),
    )


def _parts() -> Iterator[Case]:
    about = "When the rest is requested"
    lies = {
        "sends the rest from one byte too far": Ranges.WRONG_START,
        "says that the file is one byte longer than it was": Ranges.WRONG_TOTAL,
        "announces another length than its Content-Range": Ranges.WRONG_LENGTH,
        "sends a part without saying which": Ranges.NO_CONTENT_RANGE,
        "sends the complete file": Ranges.IGNORED,
    }
    for server, ranges in lies.items():
        yield Case(about, server, (BREAKS_OFF, Serve(ranges=ranges)))
    part = "HTTP/1.1 206 Partial Content\r\nConnection: close\r\n"
    several = part + "Content-Type: multipart/byteranges; boundary=x\r\nContent-Length: 7\r\n\r\n--x--\r\n"
    unknown = f"{part}Content-Range: bytes {KEPT}-{MIB - 1}/*\r\nContent-Length: {MIB - KEPT}\r\n\r\n"
    yield Case(about, "sends several parts in one answer", (BREAKS_OFF, Raw(several)))
    yield Case(about, "does not say how long the complete file is", (BREAKS_OFF, Raw(unknown)))
    yield Case(about, "answers 416 without a length", (BREAKS_OFF, Answer(416)))
    yield Case(
        about, "answers 416 with another length", (BREAKS_OFF, Answer(416, headers=(("Content-Range", "bytes */999"),)))
    )
    yield Case(
        about,
        "answers 404 once half of the file is downloaded",
        (BREAKS_OFF,),
        installed=None,
        then=Answer(404),
        left=KEPT,
    )
    yield Case(
        about,
        "answers 206 although the complete file was requested",
        (Raw(f"{part}Content-Range: bytes 5-9/{MIB}\r\nContent-Length: 5\r\n\r\nhello"),),
    )


def _identities() -> Iterator[Case]:
    about = "Whether it is still the same file"
    weak, dated = Serve(Drop(KEPT), etag=ETag.WEAK, last_modified=False), Serve(Drop(KEPT), etag=ETag.NONE)
    bare = Serve(Drop(KEPT), etag=ETag.NONE, last_modified=False)
    still_bare = Serve(etag=ETag.NONE, last_modified=False)
    yield Case(about, "has another file by then", (BREAKS_OFF, Serve(content=OTHER)), installed=OTHER)
    yield Case(about, "has a shorter file by then", (BREAKS_OFF, Serve(content=SHORTER)), installed=SHORTER)
    yield Case(
        about,
        "has another file and sends the rest of that",
        (BREAKS_OFF, *(Serve(content=OTHER, ranges=Ranges.IF_RANGE_IGNORED),) * 2),
        installed=OTHER,
    )
    yield Case(about, "gives a weak ETag alone", (weak, Serve(etag=ETag.WEAK, last_modified=False)))
    yield Case(
        about,
        "gives a weak ETag alone, and a SHA-256 is known",
        (weak, Serve(etag=ETag.WEAK, last_modified=False)),
        2,
        KEPT,
        hashed=True,
    )
    yield Case(about, "gives a date alone", (dated, Serve(etag=ETag.NONE)), 2, KEPT)
    yield Case(about, "gives no validator", (bare, still_bare))
    yield Case(about, "gives no validator, and a SHA-256 is known", (bare, still_bare), 2, KEPT, hashed=True)
    yield Case(
        about,
        "gives no validator and changes the file, and a SHA-256 is known",
        (bare,),
        2,
        KEPT,
        None,
        Serve(content=OTHER, etag=ETag.NONE, last_modified=False),
        hashed=True,
    )
    yield Case(
        about,
        "has an ETag at first and none later",
        (BREAKS_OFF, Serve(etag=ETag.NONE, ranges=Ranges.IF_RANGE_IGNORED)),
    )


CASES = tuple(_cases())


async def meet(case: Case, server: MisbehavingServer, root: Path, *, exactly: bool = True) -> Told:
    """Download from ``server``, which behaves as ``case`` says, and make sure that no harm was done.

    Args:
        case: What it does.
        server: The server.
        root: Where the files go.
        exactly: Whether all that was sent before the connection was reset has come; what TLS had not handed on by
            then is lost.

    Returns:
        What the store tells of it.

    Raises:
        AssertionError: If it did not go as ``case`` expects.
    """
    for path, behaviour in case.elsewhere:
        server.add(path, ONE_MIB)
        server.script(then=behaviour, path=path)
    server.script(*case.steps, then=case.then)
    # Where nothing has to be waited for, a busy machine is not taken for a silent server.
    patience_s = STALL_S if _is_silent(case) else _UNHURRIED_S
    async with downloads(root, stall_timeout=patience_s, connect_timeout=patience_s) as desk:
        told = await desk.get(server.url(), sha256=ONE_MIB.sha256 if case.hashed else None)
        assert told.last.resumed_from == case.kept or (not exactly and told.last.resumed_from < case.kept), told
        _check(case, told, desk.folder, exactly=exactly)
    return told


def _is_silent(case: Case) -> bool:
    return any(
        isinstance(step, Silence)
        or (isinstance(step, Raw) and step.drip_s > 0)
        or (isinstance(step, Serve) and isinstance(step.ending, Stall))
        for step in case.steps
    )


def _check(case: Case, told: Told, folder: Path, *, exactly: bool) -> None:
    assert len(told.attempts) == case.attempts, told
    names = {path.name for path in folder.iterdir()}
    assert names <= {f"model.safetensors{end}" for end in ("", ".part", ".part.json", ".quarantine")}, names
    assert [path.name for path in folder.parent.iterdir() if path.name not in {"data", "models"}] == []
    if case.installed is None:
        assert told.state is OperationState.FAILED, told
        assert "model.safetensors" not in names
        if case.left is not None:
            left = (folder / "model.safetensors.part").stat().st_size
            assert left == case.left or (not exactly and 0 < left < case.left)
    else:
        assert told.state is OperationState.COMPLETED, told
        assert names == {"model.safetensors"}
        assert sha256_of(folder / "model.safetensors") == case.installed.sha256


def row(case: Case, told: Told) -> str:
    """Return the line of the document about ``case``."""
    return f"| {case.server} | {_does(case, told)} | {_says(told)} |"


def _does(case: Case, told: Told) -> str:
    if told.state is OperationState.COMPLETED:
        if case.attempts == 1:
            return "installs it"
        return "resumes from the last byte" if case.kept else "starts over"
    aside = "; keeps the file under another name" if told.last.error.code == "file.hash_mismatch_kept" else ""
    if case.attempts == 1:
        return f"stops immediately{aside}"
    kept = "; keeps the partial file" if case.left else aside
    tries = (
        f"resumes from the last byte, then stops{aside}" if case.kept else f"tries {case.attempts} times, then stops"
    )
    return f"{tries}{kept}" if not case.kept else tries


def _says(told: Told) -> str:
    failed = next((attempt for attempt in told.attempts if attempt.outcome is AttemptOutcome.FAILED), None)
    facts = [failed.error if failed is not None else NOTHING, told.last.resume_note]
    if told.state is OperationState.FAILED:
        facts = [facts[0], *([told.last.error] if told.last.error != facts[0] else []), told.operation.decision]
    said = "; ".join(str(_documented(fact)) for fact in facts if fact) or "nothing"
    return said.replace("|", "\\|")


def _documented(fact: Message) -> Message:
    """Return ``fact`` as the document shows it: without this computer's paths and addresses, with usual times."""
    return Message(fact.code, tuple((name, _usual(name, value)) for name, value in fact.params))


def _usual(name: str, value: Value) -> Value:
    if isinstance(value, Message):
        return _documented(value)
    if name == "path":
        return f"FOLDER/{Path(str(value)).name}"
    if name == "limit_s":
        return {STALL_S: 30.0, 2 * STALL_S: 45.0}.get(float(str(value)), value)
    return "the server" if value in {"127.0.0.1", "::1"} else value


async def _write() -> None:
    rows: dict[str, list[str]] = {}
    for case in CASES:
        with tempfile.TemporaryDirectory() as root:
            async with MisbehavingServer() as server:
                rows.setdefault(case.about, []).append(row(case, await meet(case, server, Path(root))))
    before, mark, _ = DOCUMENT.read_text(encoding="utf-8").partition(
        "<!-- made by tests/support/servers/matrix.py -->\n"
    )
    tables = (
        f"\n## {about}\n\n| the server ... | what the program does | what it says |\n|---|---|---|\n" + "\n".join(lines)
        for about, lines in rows.items()
    )
    DOCUMENT.write_text(before + mark + "\n".join(tables) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(CASES)} ways of misbehaving\n")


if __name__ == "__main__":
    asyncio.run(_write())

"""Hand-made crowds for pictures and measures: a day in which everything happens, or ten thousand attempts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from launcher_gui.monitor.projection import BreakerMove, Changes, OperationRecord, OperationView, Projection
from launcher_gui.recovery.operation import (
    Attempt,
    AttemptOutcome,
    Command,
    CommandKind,
    CommandState,
    Event,
    OperationState,
    Progress,
)
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.text.message import foreign
from tests.support.store.projections import NOW, message_of, record

HUB, MIRROR, SLOW = "huggingface.co", "mirror.example.net", "civitai.com"
MB, GB = 1_000_000, 1_000_000_000
A, S = AttemptOutcome, OperationState


def tried(number: int, ago: float, took: float | None, outcome: AttemptOutcome, **facts: object) -> Attempt:
    """Return attempt ``number``, begun ``ago`` seconds ago, that took so many."""
    begun = NOW - ago
    ended = None if took is None else begun + took
    if outcome is A.FAILED:
        facts = {"error": "connection reset", "decision": "waiting 20 s: connection reset", "wait_s": 20.0} | facts
    facts |= {name: message_of(facts[name]) for name in ("error", "decision", "resume_note") if name in facts}
    known = {"owner_id": "owner-1"} | facts
    return Attempt(number, begun, ended, outcome, **known)  # type: ignore[arg-type]


def asked(kind: CommandKind, ago: float, operation_id: str) -> Command:
    """Return a command that a person gave ``ago`` seconds ago and that was obeyed at once."""
    at = NOW - ago
    return Command(1, operation_id, kind, {}, 1, CommandState.DONE, foreign("done"), "window", at, at + 1)


def day() -> Projection:
    """Return a projection in which every sign of the timeline and every state of a breaker occurs."""
    busy = "503: the server is busy"
    rows = (
        record(
            "op-1",
            S.RUNNING,
            name="sd_xl_base_1.0.safetensors",
            done=int(3.1 * GB),
            total=int(6.9 * GB),
            phase="downloading",
            scope=HUB,
            attempts=(
                tried(1, 520, 90, A.FAILED),
                tried(2, 410, 60, A.FAILED, error=busy),
                tried(3, 300, 40, A.INTERRUPTED),
                tried(4, 180, None, A.RUNNING, owner_id="owner-2"),
            ),
        ),
        record(
            "op-2",
            S.WAITING,
            name="flux1-dev-fp8.safetensors",
            done=GB,
            total=17 * GB,
            scope=HUB,
            retry_at=NOW + 74,
            reason="connection reset",
            decision="waiting 90 s: connection reset",
            attempts=(tried(1, 400, 30, A.FAILED), tried(2, 340, 200, A.FAILED), tried(3, 110, 94, A.FAILED)),
        ),
        record(
            "op-3",
            S.COMPLETED,
            name="4x-UltraSharp.pth",
            done=67_000_000,
            total=67_000_000,
            scope=HUB,
            attempts=(tried(1, 450, 60, A.FAILED), tried(2, 360, 45, A.SUCCEEDED)),
        ),
        record(
            "op-4",
            S.PAUSED,
            name="v1-5-pruned-emaonly.safetensors",
            done=GB,
            total=4 * GB,
            scope=HUB,
            decision="paused by you",
            attempts=(tried(1, 380, 120, A.PAUSED),),
        ),
        *(
            record(
                f"op-m{n}",
                S.WAITING,
                name=name,
                done=n * 100_000_000,
                total=4 * GB,
                scope=MIRROR,
                retry_at=NOW + 41,
                reason=f"{MIRROR} is failing: {busy}",
                decision=f"waiting 60 s: {MIRROR} failed 5 times in a row",
                attempts=tuple(
                    tried(i + 1, 500 - 55 * n - 70 * i, 24 + 3 * n, A.FAILED, error=busy) for i in range(4 - n)
                ),
            )
            for n, name in enumerate(("t5xxl_fp8_e4m3fn.safetensors", "clip_g.safetensors", "ae.safetensors"))
        ),
        record(
            "op-8",
            S.FAILED,
            name="sdxl_vae_fp16.safetensors",
            scope=SLOW,
            reason="404: there is no such file",
            decision="not retried: 404",
            attempts=(tried(1, 200, 14, A.FAILED, error="404", wait_s=None),),
        ),
        record(
            "op-9",
            S.INTERRUPTED,
            name="control_v11p_sd15_canny.pth",
            done=900_000_000,
            total=int(1.4 * GB),
            scope=SLOW,
            reason="the program was closed",
            attempts=(tried(1, 480, 100, A.INTERRUPTED),),
        ),
    )
    moves = (
        BreakerMove(MIRROR, BreakerState.OPEN, NOW - 330, foreign(busy)),
        BreakerMove(MIRROR, BreakerState.HALF_OPEN, NOW - 270),
        BreakerMove(MIRROR, BreakerState.CLOSED, NOW - 255),
        BreakerMove(MIRROR, BreakerState.OPEN, NOW - 79, foreign(busy)),
        BreakerMove(SLOW, BreakerState.ISOLATED, NOW - 150),
    )
    guards = (
        Breaker(SLOW, BreakerState.ISOLATED, generation=1, changed_at=NOW - 150),
        Breaker(HUB, failures=2, last_error=foreign("connection reset"), changed_at=NOW - 3000),
        Breaker(MIRROR, BreakerState.OPEN, 5, 2, NOW + 41, 4, foreign(busy), NOW - 79),
    )
    return Projection().apply(Changes(_with_commands(rows), breakers=guards, moves=moves, anew=True))


_FILES = ("flux1-dev", "sd_xl_base_1.0", "t5xxl_fp16", "clip_l", "ae", "control_canny", "ip-adapter", "4x-UltraSharp")


def hundred() -> Projection:
    """Return a hundred downloads as a busy evening leaves them, and a project that is being installed in steps."""
    states = (S.COMPLETED, S.QUEUED, S.COMPLETED, S.RUNNING, S.WAITING, S.QUEUED, S.FAILED, S.PAUSED)
    project = record("project", S.RUNNING, name="ComfyUI-Manager", folder="/projects", scope="github.com")
    steps = tuple(
        record(f"step-{n}", state, name=name, folder="/projects/ComfyUI-Manager", scope=None, parent_id="project")
        for n, (state, name) in enumerate(
            ((S.COMPLETED, "clone"), (S.RUNNING, "install requirements"), (S.QUEUED, "download models"))
        )
    )
    rows = tuple(_evening(n, states[n * 5 % 8]) for n in range(100))
    shown = Projection().apply(Changes((project, *steps, *rows)))
    running = [view for view in shown.in_states((S.RUNNING,)) if view.operation.progress.total]
    told = {v.id: replace(v.operation.progress, done=v.operation.progress.done + GB // 40, at=NOW) for v in running}
    return shown.apply(Changes(progress=told))


def _evening(n: int, state: OperationState) -> OperationRecord:
    total = (n % 9 + 1) * GB
    done = {S.COMPLETED: total, S.QUEUED: 0}.get(state, total * (n % 7 + 1) // 9)
    tries = () if state is S.QUEUED else (tried(1, 300.0 + n, 120, A.FAILED), tried(2, 150.0 + n, 60, A.FAILED))
    return record(
        f"op-{n}", state, name=f"{_FILES[n % 8]}-{n // 8:02}.safetensors", done=done, total=total, attempts=tries,
        phase="downloading", scope=(HUB, SLOW, MIRROR)[n % 3], at=NOW - 2 - n % 3, retry_at=NOW + 5 + n,
        reason="404: there is no such file" if state is S.FAILED else "connection reset",
    )  # fmt: skip


def outage() -> Projection:
    """Return forty downloads that wait for a failing host, all since the same moment."""
    busy = "503: the server is busy"
    rows = tuple(
        record(
            f"op-{n}",
            S.WAITING,
            name=f"{_FILES[n % 8]}-{n // 8:02}.safetensors",
            done=n * 10**8,
            total=8 * GB,
            scope=HUB,
            retry_at=NOW + 96,
            reason=f"{HUB} is failing: {busy}",
            decision=f"waiting 240 s: {HUB} failed 7 times in a row",
            attempts=(
                tried(1, 430.0 - 3 * n, 60 + n, A.FAILED),
                tried(2, 290.0 - 2 * n, 146 + 2 * n, A.FAILED, error=busy),
            ),
        )
        for n in range(40)
    )
    moves = (BreakerMove(HUB, BreakerState.OPEN, NOW - 144, foreign(busy)),)
    guard = Breaker(HUB, BreakerState.OPEN, 7, 3, NOW + 96, 5, foreign(busy), NOW - 144)
    return Projection().apply(Changes(rows, breakers=(guard,), moves=moves, anew=True))


def hours() -> Projection:
    """Return the day again, of which much more is remembered: a host that has been failing for an hour."""
    whole = day()

    def remembered(view: OperationView, seed: int) -> OperationRecord:
        fails = 2 if view.operation.scope == MIRROR else 5
        ends = [21_000.0 - 700 * n - 97 * (n * seed % 7) for n in range(28)]
        outcomes = [A.FAILED if n % fails == 0 or (fails == 2 and n > 22) else A.SUCCEEDED for n in range(28)]
        before = [tried(n + 1, ago, 60.0, outcome) for n, (ago, outcome) in enumerate(zip(ends, outcomes, strict=True))]
        now = [replace(attempt, number=attempt.number + 28) for attempt in view.attempts]
        return replace(view.record, attempts=(*before, *now))

    return whole.apply(Changes(tuple(remembered(view, n) for n, view in enumerate(whole.views.values()))))


def two() -> Projection:
    """Return the day with one more download under way."""
    tries = (tried(1, 260, 120, A.FAILED), tried(2, 120, None, A.RUNNING))
    more = record(
        "op-10", S.RUNNING, name="clip_g.safetensors", done=GB, total=9 * GB, phase="downloading", scope=HUB,
        attempts=tries, at=NOW - 300,
    )  # fmt: skip
    return day().apply(Changes((more,)))


def flow(seconds: int) -> Iterator[tuple[float, Changes]]:
    """Yield moments up to now, and how far a download and another have come by then: fast, in waves, and once not."""
    first, second = 3 * GB, GB
    for n in range(seconds):
        at = NOW - seconds + n
        first += int(MB * (38 + 12 * math.sin(n / 17) + 8 * math.sin(n / 3)))
        second += int(MB * (14 + 5 * math.sin(n / 23)))
        told = {
            "op-1": Progress(first, 69 * GB, "downloading", at),
            "op-10": Progress(second, 9 * GB, "downloading", at),
        }
        yield at, Changes(progress=told)


def told() -> tuple[Event, ...]:
    """Return what the log tells of an evening."""
    busy: dict[str, object] = {"scope": MIRROR, "error": "503: the server is busy"}
    story: list[tuple[str, str, dict[str, object]]] = [
        ("op-m0", "operation_added", {}),
        ("op-m0", "operation_claimed", {}),
        ("op-m0", "attempt_started", {"number": 1}),
        ("op-m0", "attempt_failed", {"number": 1, "error": "503: the server is busy"}),
        ("op-m0", "operation_waiting", {"decision": "waiting 20 s: 503: the server is busy"}),
        ("op-1", "attempt_started", {"number": 4}),
        ("op-1", "attempt_resumed", {"number": 4, "resumed_from": 3 * GB}),
        ("", "breaker_open", busy),
        ("op-4", "command_requested", {"command": "pause"}),
        ("op-4", "command_answered", {"state": "done", "answer": "done"}),
        ("op-4", "operation_paused", {"decision": "paused by you"}),
        ("", "setting_changed", {"field": "max_retries", "before": 8, "after": 12, "by": "window"}),
    ]
    return tuple(Event(n + 1, NOW - 260 + 21 * n, *fact) for n, fact in enumerate(story))


def many(operations: int, attempts: int) -> Projection:
    """Return so many operations, each with so many attempts, the last of each under way."""
    made = []
    for n in range(operations):
        outcomes = [A.FAILED, A.INTERRUPTED, A.FAILED, A.PAUSED]
        tries = tuple(tried(i + 1, 60.0 * (attempts - i), 40.0, outcomes[(n + i) % 4]) for i in range(attempts - 1))
        last = tried(attempts, 30.0, None, A.RUNNING)
        made.append(
            record(
                f"op-{n}",
                S.RUNNING,
                name=f"model-{n:05}.safetensors",
                done=n * 1000,
                total=10**7,
                at=NOW - 1,
                phase="downloading",
                scope=f"host-{n % 7}.example.org",
                attempts=(*tries, last),
            )
        )
    return Projection().apply(Changes(tuple(made)))


def _with_commands(rows: tuple[OperationRecord, ...]) -> tuple[OperationRecord, ...]:
    commands = {
        "op-4": (asked(CommandKind.PAUSE, 261, "op-4"),),
        "op-1": (asked(CommandKind.RESUME, 181, "op-1"),),
    }
    return tuple(replace(row, commands=commands.get(row.operation.id, ())) for row in rows)

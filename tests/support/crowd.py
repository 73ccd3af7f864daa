"""Hand-made crowds for pictures and measures: a day in which everything happens, or ten thousand attempts."""

from __future__ import annotations

from dataclasses import replace

from launcher_gui.monitor.projection import BreakerMove, Changes, OperationRecord, Projection
from launcher_gui.recovery.breaker import Breaker, BreakerState
from launcher_gui.recovery.operation import Attempt, AttemptOutcome, Command, CommandKind, CommandState, OperationState
from tests.support.projections import NOW, record

HUB, MIRROR, SLOW = "huggingface.co", "mirror.example.net", "civitai.com"
GB = 1_000_000_000
A, S = AttemptOutcome, OperationState


def tried(number: int, ago: float, took: float | None, outcome: AttemptOutcome, **facts: object) -> Attempt:
    """Return attempt ``number``, begun ``ago`` seconds ago, that took so many."""
    begun = NOW - ago
    ended = None if took is None else begun + took
    if outcome is A.FAILED:
        facts = {"error": "connection reset", "decision": "waiting 20 s: connection reset", "wait_s": 20.0} | facts
    known = {"owner_id": "owner-1"} | facts
    return Attempt(number, begun, ended, outcome, **known)  # type: ignore[arg-type]


def asked(kind: CommandKind, ago: float, operation_id: str) -> Command:
    """Return a command that a person gave ``ago`` seconds ago and that was obeyed at once."""
    at = NOW - ago
    return Command(1, operation_id, kind, {}, 1, CommandState.DONE, "done", "window", at, at + 1)


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
            decision="paused by a person; resuming goes on from here",
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
            reason="the program was ended",
            attempts=(tried(1, 480, 100, A.INTERRUPTED),),
        ),
    )
    moves = (
        BreakerMove(MIRROR, BreakerState.OPEN, NOW - 330, busy),
        BreakerMove(MIRROR, BreakerState.HALF_OPEN, NOW - 270),
        BreakerMove(MIRROR, BreakerState.CLOSED, NOW - 255),
        BreakerMove(MIRROR, BreakerState.OPEN, NOW - 79, busy),
        BreakerMove(SLOW, BreakerState.ISOLATED, NOW - 150),
    )
    guards = (
        Breaker(SLOW, BreakerState.ISOLATED, generation=1, changed_at=NOW - 150),
        Breaker(HUB, failures=2, last_error="connection reset", changed_at=NOW - 3000),
        Breaker(MIRROR, BreakerState.OPEN, 5, 2, NOW + 41, 4, busy, NOW - 79),
    )
    return Projection().apply(Changes(_with_commands(rows), breakers=guards, moves=moves, anew=True))


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

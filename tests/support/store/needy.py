"""Made-up operations that stopped for every kind of reason, as the downloads record them."""

from __future__ import annotations

from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.recovery.rules.decision import because, with_remedy
from launcher_gui.text.message import Message, message
from tests.support.gui.crowd import GB, HUB, MIRROR, SLOW
from tests.support.store.projections import NOW, attempt, message_of, record


def stopped(
    operation_id: str,
    trouble: FailureKind,
    error: Message | str,
    fix: Message | str,
    *,
    tries: int = 1,
    **facts: object,
) -> OperationRecord:
    """Return a download that failed for good with ``error``, after which ``fix`` was recommended."""
    reason = message_of(facts.pop("reason", error))
    decision = with_remedy(because(message("decision.not_retried"), reason), message_of(fix))
    last = attempt(tries, error=error, failure_kind=trouble, decision=decision, wait_s=None)
    return record(
        operation_id,
        OperationState.FAILED,
        attempts=(*(attempt(n) for n in range(1, tries)), last),
        reason=reason,
        decision=decision,
        **facts,  # type: ignore[arg-type]
    )


def wants_token(operation_id: str, name: str, tries: int = 1) -> OperationRecord:
    """Return a download that Hugging Face gives only to those who signed in."""
    return stopped(
        operation_id,
        FailureKind.TOKEN_NEEDED,
        message("site.gated", repository="black-forest-labs/FLUX.1-dev"),
        message(
            "site.accept_licence_and_add_token",
            page="https://huggingface.co/black-forest-labs/FLUX.1-dev",
            token_page="https://huggingface.co/settings/tokens",
            variable="HF_TOKEN",
        ),
        name=name,
        url=f"https://huggingface.co/black-forest-labs/FLUX.1-dev/resolve/main/{name}",
        scope=HUB,
        tries=tries,
    )


def crowd() -> Projection:
    """Return a day on which five things need attention, beside running downloads."""
    rows = (
        record(
            "op-run", OperationState.RUNNING, name="t5xxl_fp16.safetensors", done=4 * GB, total=9 * GB,
            phase="downloading", scope=HUB,
        ),
        wants_token("op-token-1", "flux1-dev.safetensors"),
        wants_token("op-token-2", "ae.safetensors"),
        stopped(
            "op-disk",
            FailureKind.DISK_FULL,
            message("disk.short", needed_bytes=38 * 10**8, free_bytes=12 * 10**8, folder="/models/checkpoints"),
            message("disk.free_bytes", needed_bytes=38 * 10**8, folder="/models/checkpoints"),
            name="sd_xl_base_1.0.safetensors",
            done=int(3.1 * GB),
            total=int(6.9 * GB),
            scope=HUB,
        ),
        stopped(
            "op-taken",
            FailureKind.TARGET_TAKEN,
            message("target.exists_in", name="4x-UltraSharp.pth", folder="/models/upscale_models"),
            "Choose another name, or move the existing file",
            reason=message("target.exists"),
            name="4x-UltraSharp.pth",
            folder="/models/upscale_models",
            scope=MIRROR,
        ),
        record(
            "op-held", OperationState.WAITING, name="dreamshaper_8.safetensors", done=GB, total=2 * GB, scope=SLOW,
            reason=message("host.isolated", host=SLOW), decision=message("decision.wait_for_release", host=SLOW),
        ),
        record(
            "op-gone", OperationState.INTERRUPTED, name="control_v11p_sd15_canny.pth", done=900_000_000,
            total=int(1.4 * GB), scope=HUB, reason=message("stop.closed"),
        ),
    )  # fmt: skip
    guard = Breaker(SLOW, BreakerState.ISOLATED, generation=1, changed_at=NOW - 150)
    return Projection().apply(Changes(rows, breakers=(guard,)))

"""Hand-made operations that stopped for every reason there is, as the downloads record them."""

from __future__ import annotations

from launcher_gui.downloads.errors.remedies import FailureKind, marked
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from tests.support.gui.crowd import GB, HUB, MIRROR, SLOW
from tests.support.store.projections import NOW, attempt, record


def stopped(
    operation_id: str,
    trouble: FailureKind,
    error: str,
    fix: str,
    *,
    tries: int = 1,
    detail: str = "",
    **facts: object,
) -> OperationRecord:
    """Return a download that failed for good with ``error``, after which ``fix`` was recommended."""
    reason = str(facts.pop("reason", error))
    decision = f"not retried: {reason}. {fix}" if fix else f"not retried: {reason}"
    told = marked(trouble, detail or "of no matter")
    last = attempt(tries, error=error, detail=told, decision=decision, wait_s=None)
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
        "black-forest-labs/FLUX.1-dev is only for those who signed in and accepted its terms",
        "Accept the terms at https://huggingface.co/black-forest-labs/FLUX.1-dev, make a token at "
        "https://huggingface.co/settings/tokens and enter it (or give it as HF_TOKEN), then resume",
        name=name,
        url=f"https://huggingface.co/black-forest-labs/FLUX.1-dev/resolve/main/{name}",
        scope=HUB,
        tries=tries,
    )


def crowd() -> Projection:
    """Return a day on which five things need somebody, beside what goes well."""
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
            "the disk is full: only 1.2 GB are free in /models/checkpoints, and 3.8 GB are needed",
            "Free at least 3.8 GB on the disk of /models/checkpoints, then resume: what came so far is kept",
            reason="the disk is full",
            detail=f"needed {38 * 10**8}, free {12 * 10**8}, in /models/checkpoints",
            name="sd_xl_base_1.0.safetensors",
            done=int(3.1 * GB),
            total=int(6.9 * GB),
            scope=HUB,
        ),
        stopped(
            "op-taken",
            FailureKind.TARGET_TAKEN,
            "4x-UltraSharp.pth already exists in /models/upscale_models",
            "Choose another name, or move the existing file away",
            reason="the destination already exists",
            name="4x-UltraSharp.pth",
            folder="/models/upscale_models",
            scope=MIRROR,
        ),
        record(
            "op-held", OperationState.WAITING, name="dreamshaper_8.safetensors", done=GB, total=2 * GB, scope=SLOW,
            reason="civitai.com is held back", decision="waiting until a person lets calls to civitai.com through",
        ),
        record(
            "op-gone", OperationState.INTERRUPTED, name="control_v11p_sd15_canny.pth", done=900_000_000,
            total=int(1.4 * GB), scope=HUB, reason="the program was closed",
        ),
    )  # fmt: skip
    guard = Breaker(SLOW, BreakerState.ISOLATED, generation=1, changed_at=NOW - 150)
    return Projection().apply(Changes(rows, breakers=(guard,)))

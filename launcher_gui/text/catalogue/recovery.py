"""What the recovery library says: causes of failures, decisions, answers to commands."""

TEMPLATES: dict[str, str] = {
    # states
    "state.paused": "paused",
    "state.cancelled": "cancelled",
    # how a stop leaves an operation
    "stop.paused": "paused by you",
    "stop.cancelled": "cancelled by you. The partial file is kept until you remove the download",
    "stop.closed": "the program was closed",
    "stop.interrupted": "progress is saved, and Resume continues from there",
    "stop.parked": "waiting; continues automatically",
    "stop.parked_closed": "waiting: {cause}",
    # tasks of Celery
    "celery.time_limit": "the task exceeded its time limit",
    "celery.sent": "sent to the workers",
    "celery.sent_again": "sent to the workers again: the previous worker is gone",
    "decision.celery_time_limit": (
        "gave up: the task exceeded its hard time limit. Give the task a longer time_limit, then resume"
    ),
    # errors of the library itself
    "input.refused": "{field} {value} {problem}. {remedy}.",
    "input.refused_here": "The {field} {problem}. {remedy}.",
    "breaker.isolated": "calls to {scope} are paused until you resume them",
    "breaker.open": "calls to {scope} are paused for another {remaining_s} after repeated failures",
    "breaker.slow_call": "took {took_s}",
    "call.exhausted": "{function}: {decision}",
    "call.timed_out": "timed out after {limit_s}",
    "operation.taken_over": "operation {operation} has been taken over by another process",
    "operation.busy": "operation {operation} is already running in another process. Wait for it, or pause it first",
    "operation.stopped": "operation {operation} was {state} by you. Resume it to continue",
    "operation.key_taken": (
        "another download is already saving to {key} (operation {operation}, {state}). "
        "Resume or remove that one, or choose another name"
    ),
    # causes of failures
    "failure.unknown": "unknown error",
    "failure.breaker_open": "paused after failures",
    "host.isolated": "{host} is paused",
    "host.failing": "{host} is not responding properly: {cause}",
    # decisions
    "decision.not_tried": "not tried: {cause}",
    "decision.wait_for_release": "waiting: you paused {host}",
    "decision.wait_for_host": "waiting {wait_s}: {host} failed {n} times in a row",
}

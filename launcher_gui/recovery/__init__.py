"""Recovery for operations that fail halfway: retries with a reason, circuit breakers, state that survives the process.

Start at ``recoverable``.
"""

from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.decorator import Recoverable, recoverable
from launcher_gui.recovery.exceptions import CircuitBreakerOpenError, InvalidInputError, RecoveryError
from launcher_gui.recovery.operation import generate_operation_id
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.recovery.progress import ProgressTracker

__all__ = [
    "CircuitBreakerOpenError",
    "InvalidInputError",
    "ProgressTracker",
    "Recoverable",
    "RecoveryConfig",
    "RecoveryError",
    "SQLitePersistence",
    "generate_operation_id",
    "recoverable",
]

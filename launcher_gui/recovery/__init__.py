"""Recovery for operations that fail halfway: retries with a reason, circuit breakers, state that survives the process.

Start at ``recoverable``.
"""

from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import (
    CircuitBreakerOpenError,
    InvalidInputError,
    OperationHeldError,
    RecoveryError,
    RecoveryExhaustedError,
    RecoveryStateError,
    RecoveryTimeoutError,
)
from launcher_gui.recovery.execution.decorator import recoverable, recovery_of
from launcher_gui.recovery.execution.recoverable import Recoverable
from launcher_gui.recovery.operation import generate_operation_id
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.progress import ProgressTracker
from launcher_gui.recovery.store.memory import MemoryPersistence
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.inline_database import ServerPersistence

__all__ = [
    "CircuitBreakerOpenError",
    "InvalidInputError",
    "MemoryPersistence",
    "OperationHeldError",
    "OwnerLease",
    "ProgressTracker",
    "Recoverable",
    "RecoveryConfig",
    "RecoveryError",
    "RecoveryExhaustedError",
    "RecoveryStateError",
    "RecoveryTimeoutError",
    "SQLitePersistence",
    "ServerPersistence",
    "generate_operation_id",
    "recoverable",
    "recovery_of",
]

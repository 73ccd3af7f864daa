"""What is wrong with the store, and what to do about it."""

TEMPLATES: dict[str, str] = {
    "store.unusable": "The store {path} {problem}. {remedy}.",
    "store.unusable_here": "The store {problem}. {remedy}.",
    "store.problem": "the store {problem}",
    "store.problem_unknown": "cannot be used",
    "store.cannot_be_used": "the store cannot be used",
    "store.not_a_database": "is not a database",
    "store.damaged": "is damaged",
    "store.busy": "has been locked by another program for {busy_s}",
    "store.read_only": "cannot be written",
    "store.disk_full": "cannot grow: the disk is full",
    "store.cannot_open": "cannot be opened: {cause}",
    "store.failed": "failed ({cause})",
    "store.is_a_folder": "is a folder",
    "store.folder_is_a_file": "cannot be opened: its folder is a file",
    "store.foreign_database": "is another program's database",
    "store.newer": (
        "was written by a newer version of this program (format {format}; this version supports up to {known})"
    ),
    "store.not_copied": "has to be updated and could not be copied before ({cause})",
    "store.other_machine": "is in use on another computer, {machine}. Only programs on one computer can share it",
    "store.closed": "was closed",
    "store.in_memory": "a store in memory cannot be watched",
    "fix.store_elsewhere": "Choose another file with --store or RECOVERY_STORE",
    "fix.store_move": "Move the file away, or choose another one with --store or RECOVERY_STORE",
    "fix.store_start_over": (
        "Move the file away to start with an empty one, or choose another one with --store or RECOVERY_STORE"
    ),
    "fix.store_busy": "Close that program, or choose another file with --store or RECOVERY_STORE",
    "fix.store_rights": "Make the file writable, or choose another one with --store or RECOVERY_STORE",
    "fix.store_space": "Free some space and try again",
    "fix.store_newer": "Update this program, or choose another file with --store or RECOVERY_STORE",
    "fix.store_not_copied": "Free some space beside it, or choose another file with --store or RECOVERY_STORE",
    "fix.store_other_machine": (
        "Close the programs there, or choose a file on this computer with --store or RECOVERY_STORE"
    ),
    "fix.start_again": "Start the program again",
    "fix.store_open": "Open the store again",
}

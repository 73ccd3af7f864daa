"""Every setting of the program, declared once; ``RECOVERY_<FIELD>`` sets it from the environment."""

from __future__ import annotations

from dataclasses import dataclass

from launcher_gui.recovery.config import RecoveryConfig, setting


@dataclass(frozen=True)
class Settings(RecoveryConfig):
    """What governs the program: the recovery library's configuration and the downloads' own.

    Raises:
        InvalidInputError: If a value is not one the field allows.
    """

    max_retries: int = setting(
        8, "How often to try again without a single new byte before giving up.", minimum=0, maximum=1_000_000
    )
    stall_timeout: float = setting(
        30.0, "How long no byte may come before an attempt is given up.", unit="s", minimum=0.05, maximum=86_400
    )
    connect_timeout: float = setting(
        15.0, "How long reaching a server may take.", unit="s", minimum=0.05, maximum=86_400
    )
    concurrent_downloads: int = setting(3, "How many downloads run at once.", minimum=1, maximum=64)
    bandwidth_limit: float = setting(
        0.0,
        "How fast all downloads of one process may be together; 0 for no limit.",
        unit="MB/s",
        minimum=0,
        maximum=1_000_000,
    )
    bandwidth_limit_each: float = setting(
        0.0, "How fast one download may be; 0 for no limit.", unit="MB/s", minimum=0, maximum=1_000_000
    )
    auto_resume: bool = setting(True, "Whether downloads that were interrupted go on at the next start.")
    download_folder: str = setting("", "Where files go unless told otherwise; empty for your downloads folder.")
    hub_endpoint: str = setting(
        "", "Where Hugging Face's files come from, such as a mirror; empty for HF_ENDPOINT, else huggingface.co."
    )
    civitai_endpoint: str = setting("", "Where Civitai's files come from, such as a mirror; empty for civitai.com.")
    language: str = setting("", "Language of the window, such as de, from its next start on; empty for the system's.")
    history_days: int = setting(
        90, "For how many days the history of what has ended is kept; 0 for ever.", minimum=0, maximum=36_500
    )
    history_limit_mb: int = setting(
        256,
        "Size of the store in MB above which the oldest history goes sooner; 0 for any size.",
        minimum=0,
        maximum=1_000_000,
    )

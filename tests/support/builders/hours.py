"""Hours as somebody may set them, in which the machine's own clock is, or is not."""

from __future__ import annotations

from datetime import datetime, timedelta


def not_now() -> tuple[str, str]:
    """Return hours that begin in an hour, and what is said of them meanwhile."""
    now = datetime.now().astimezone()
    start, end = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (1, 2))
    return f"{start}-{end}", f"waiting until {start}: downloads run from {start} to {end}"

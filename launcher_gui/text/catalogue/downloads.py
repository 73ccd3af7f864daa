"""What happens to downloads: failures, resuming, disks, files."""

TEMPLATES: dict[str, str] = {}

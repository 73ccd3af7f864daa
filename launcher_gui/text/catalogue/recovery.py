"""What the recovery library says: causes of failures, decisions, answers to commands."""

TEMPLATES: dict[str, str] = {}

"""What is wrong with what was typed, given or set, and what is allowed."""

TEMPLATES: dict[str, str] = {}

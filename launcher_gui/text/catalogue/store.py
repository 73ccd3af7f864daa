"""What is wrong with the store, and what to do about it."""

TEMPLATES: dict[str, str] = {}

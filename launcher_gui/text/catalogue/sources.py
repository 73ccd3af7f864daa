"""What sites say: refusals, accounts, tokens."""

TEMPLATES: dict[str, str] = {}

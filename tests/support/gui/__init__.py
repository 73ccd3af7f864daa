"""The real window, a person in front of it, and made-up contents for pictures."""

"""The state store that every process shares."""

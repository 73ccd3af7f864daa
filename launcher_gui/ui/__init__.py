"""Widgets, delegates and dialogs, a folder for each part of the window. No SQL, no HTTP, no business rules."""

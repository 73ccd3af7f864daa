"""Thin views over the item models: widgets, delegates, dialogs. No SQL, no HTTP, no business rule."""

"""What needs attention, and the dialogs of its remedies."""

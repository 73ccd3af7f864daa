"""The dialog that adds downloads, and every way links reach it."""

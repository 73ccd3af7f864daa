"""What every part of the window uses: theme, icons, text painting, delegates, shared dialogs."""

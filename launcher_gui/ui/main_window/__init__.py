"""The main window: its frame, menus, actions and layout."""

"""Integration with the desktop: single instance, tray, notifications, sleep, start at login."""

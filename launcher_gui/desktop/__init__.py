"""What the window has to do with the desktop around it: other starts, tray, notifications, sleep, start at login."""

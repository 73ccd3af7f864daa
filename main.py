"""Start the program: the window, or with a command the same work without one."""

from launcher_gui.entry import main

raise SystemExit(main())

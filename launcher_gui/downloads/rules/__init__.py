"""Pure rules of a download: no I/O, no clock."""

"""Item models over the projection: QtCore only, no widgets, no store."""

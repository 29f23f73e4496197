"""Stations by file: planned, applied, undone, and written out again."""

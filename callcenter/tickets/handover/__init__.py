"""The shift's end: what goes home unfinished is handed to a name, and seen."""

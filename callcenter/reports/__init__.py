"""Read-only questions of supervisors. This room writes nothing."""

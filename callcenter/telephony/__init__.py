"""What carries the voice: one call flow, spoken by every carrier in its own dialect; the port to a
telephone switch, and Asterisk behind it."""

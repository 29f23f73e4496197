"""What carries the voice: the port to a telephone switch, and Asterisk behind it."""

"""Asterisk 20 or newer, driven over ARI: got, configured, run as our child, spoken to."""

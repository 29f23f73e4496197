"""Calls to a station's duty phone: which are due, how far each is, what came of it."""

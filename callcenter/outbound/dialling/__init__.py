"""Calls to owners: how many at once, by an agent or by keys, and what came of each."""

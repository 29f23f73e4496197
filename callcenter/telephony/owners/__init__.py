"""Calls to owners on a switch: by keys, and for agents who are free."""

"""Owners, their numbers and their cars: who is calling, and in which car."""

"""Coordinates and their datum, what a caller says about where he is, distance."""

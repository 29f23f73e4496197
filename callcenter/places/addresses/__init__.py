"""Provinces, cities and districts as people name them."""

"""The duty phone of a station rings for an offer that nobody there has opened."""

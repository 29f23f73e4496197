"""Audiences: a typed tree of conditions over owners and their cars, counted, explained, frozen."""

"""What callers hear: spoken by our own voice at set-up, each text replaceable by a recording."""

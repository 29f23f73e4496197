"""A telephone in the console: the same flow as for every carrier, spoken by a page."""

"""A sheet of owners and cars: a row for each car."""

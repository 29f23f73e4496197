"""A sheet of visits to the workshop."""

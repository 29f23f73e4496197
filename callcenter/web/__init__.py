"""The HTTP frame: typed routes, sessions, problems, live feed, files, pages."""

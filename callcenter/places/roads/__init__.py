"""Roads as people name them: code, kilometre, named things, direction; and where posts stand."""

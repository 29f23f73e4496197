"""The second leg: a car that cannot be mended beside the road is taken away, and delivered."""

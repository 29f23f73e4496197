"""Who waits for whom: the order, the pick with its reason, call-backs that keep the place."""

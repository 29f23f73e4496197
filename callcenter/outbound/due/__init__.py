"""When a car is due for service, from its own history; and whether it still comes to us."""

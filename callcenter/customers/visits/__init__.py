"""What was done to a car, when, and how far it had gone."""

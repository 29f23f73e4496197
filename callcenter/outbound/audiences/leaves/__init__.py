"""What can be asked of an owner and his cars: one class for each condition."""

"""What the service promises about speed, measured on a whole installation of its own."""

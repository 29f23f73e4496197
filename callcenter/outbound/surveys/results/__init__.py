"""What was answered, counted while it comes in: shares, means, cross tables, the file of it all."""

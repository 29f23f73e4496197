"""What an owner has agreed to hear, on which channel, and the evidence of it."""

"""What is said to owners and stations by text message or duty phone: ports, and the log of it."""

"""`callcenter rehearse`: plays rescues against a running service, and counts from outside."""

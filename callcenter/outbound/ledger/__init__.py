"""Every contact of ours with an owner, on whatever way, with the words that were said."""

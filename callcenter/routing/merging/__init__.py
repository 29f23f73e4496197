"""Two rescues are one breakdown: proposed, merged, told apart, undone."""

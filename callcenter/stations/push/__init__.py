"""Web push to phones that have duty: which phones, by which push services, and the sending."""

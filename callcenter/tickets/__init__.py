"""Complaint, technical, rescue, enquiry, part order: one life line each, and where the car is."""

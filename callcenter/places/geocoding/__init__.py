"""Asking a geocoder: a port, the services behind it, and the answers kept in the database."""

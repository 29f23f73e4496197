"""Simulated stations and technicians. They speak the public HTTP API only, like any station."""

"""Calls: ringing, answered, ended; who is calling, in which car, about which ticket."""

"""Calls that owners were promised: when they may be; each is made, or somebody is told."""

"""Agents at the hotline: availability, current contact and next wish, which are three things."""

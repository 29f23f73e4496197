"""Birthdays by the solar and the lunar calendar, anniversaries: when they fall, and on whom."""

"""Sheets that people fill in and take away: .xlsx and .csv as rows of text, both ways."""

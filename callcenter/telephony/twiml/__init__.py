"""Carriers that fetch TwiML by signed webhooks, and what they are answered."""

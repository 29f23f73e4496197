"""Driving a call from the desk: hold, ask a colleague, transfer, listen; and dialling by token."""

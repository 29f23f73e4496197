"""Text messages by SMPP 3.4: one bound session in the worker, receipts on the same line."""

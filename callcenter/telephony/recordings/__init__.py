"""What is recorded of calls: begun when the rule says so, kept safely, played only to who may."""

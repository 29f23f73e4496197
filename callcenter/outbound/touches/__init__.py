"""A touch from due to done: claimed under its owner's lock, sent once, followed to its outcome."""

"""The phone that an agent is rung on: his browser, or one on his desk."""

"""The hotline on a switch: the flow is walked, the caller waits, an agent is rung, they talk."""

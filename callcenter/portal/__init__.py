"""The pages of the agent, the station and the owner."""

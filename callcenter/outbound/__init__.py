"""The right word to the right owner at the right time, once: audiences, campaigns, surveys."""

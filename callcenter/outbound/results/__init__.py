"""Did a campaign help: hold-outs, uplift with its interval, cost per effect."""

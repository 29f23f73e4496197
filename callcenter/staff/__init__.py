"""Who works here: sign-in, roles, machine tokens, and alarms that someone must take."""

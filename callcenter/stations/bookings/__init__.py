"""Cars that a workshop expects: booked into an hour with room, moved, came, missed."""

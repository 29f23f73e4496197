"""Travel time by road, measured by a router beside us: a help to the distance, never a gate."""

"""Questions to owners: drafted, published, answered on any way, counted while they come in."""

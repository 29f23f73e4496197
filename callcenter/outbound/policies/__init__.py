"""What law and house allow: packs of rules as data, and whether a touch may be, asked of them."""

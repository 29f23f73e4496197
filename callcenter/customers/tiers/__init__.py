"""Which tier an owner has by what he and his cars have done: rules as data."""

"""A campaign: its plan, a second person's approval, its runs, and the words for each owner."""

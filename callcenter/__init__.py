"""The care centre of a carmaker: hotline, tickets, rescue dispatch."""

"""What owners write back that nobody understood: read and dealt with by people."""

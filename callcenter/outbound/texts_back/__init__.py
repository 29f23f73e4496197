"""What owners write back that is not surely understood: read and dealt with by people."""

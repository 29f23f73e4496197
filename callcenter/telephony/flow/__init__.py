"""The hotline's call flow: steps as data, checked when loaded, walked by a pure machine."""

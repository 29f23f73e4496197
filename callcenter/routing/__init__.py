"""Which station and why; offers made, answered, escalated; the dispatch until the car is safe."""

"""Service stations: place, workshop hours, rescue duty, skills and equipment, trucks."""

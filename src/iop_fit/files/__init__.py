"""File reading, atomic writing, locks, signals and standard streams."""

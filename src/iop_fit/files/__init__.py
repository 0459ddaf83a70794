"""Bytes in and bytes out: reading, atomic writing, locks, signals and standard streams."""

"""The blocks of each part of a result."""

"""The commands for many sheets at once."""

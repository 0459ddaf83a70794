"""Typing on a terminal: bytes to keys, keys to a line, and the line on the screen."""

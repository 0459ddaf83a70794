"""Text to nodes that know their position: YAML, JSON and mappings, and what is said about a text that can't be read."""

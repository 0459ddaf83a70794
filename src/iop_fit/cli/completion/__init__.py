"""Completion for shells: static scripts made from the tree of commands, so that pressing Tab runs no Python."""

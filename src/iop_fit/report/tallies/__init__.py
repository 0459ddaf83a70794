"""Render counts of many sheets."""

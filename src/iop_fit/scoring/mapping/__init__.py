"""Mapping files: which columns of a table that somebody else collected answer which questions."""

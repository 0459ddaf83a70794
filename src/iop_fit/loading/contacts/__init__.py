"""Contacts read on their own, for people who need a number now."""

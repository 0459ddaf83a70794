"""The interview on a terminal: screens, pages and the session."""

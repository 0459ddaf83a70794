"""Help: what is said about the command line itself, and about slips on it."""

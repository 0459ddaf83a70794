"""Commands, options, outputs and exit statuses."""

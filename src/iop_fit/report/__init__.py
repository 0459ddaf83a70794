"""One module for each format of a result; each returns text and looks nothing up."""

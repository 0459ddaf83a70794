"""Version of the program, read by the build too."""

VERSION = "0.1.0"

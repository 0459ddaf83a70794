"""Every limit of the program, by package; a test holds that no other module sets one."""

# domain

MAX_NOTE = 3_000
"""The longest note, in characters; a page of more is slow to draw where each character needs its own glyph."""
MAX_TYPED_BYTES = 4_000
"""The longest line that every terminal hands over whole, in bytes of UTF-8; the rest is lost without a word."""
MAX_MISFITS_COMPARED = 50
"""How many unknown names are compared with the known ones; a file with more is the wrong file."""

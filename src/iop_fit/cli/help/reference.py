"""Environment variables and exit statuses: the one source of `--help`, the man page and the reference."""

__all__ = ["ENVIRONMENT", "EXIT_STATUSES"]

ENVIRONMENT = {
    "IOP_FIT_PLAIN, ACCESSIBLE": "The same as --plain. 0, false, no, off and nothing mean off.",
    "NO_COLOR": "No colors, whatever its value, unless it is empty.",
    "FORCE_COLOR, CLICOLOR_FORCE": "Colors even in a file or a pipe. 0 and false mean off.",
    "CLICOLOR": "No colors if it is 0.",
    "TERM": "If it is dumb or not set: the same as --plain on a terminal, and no colors.",
    "COLUMNS, LINES": "The width and height of the window. Results use 40 to 100 columns.",
    "MANPAGER, PAGER": "The pager for a full report that is longer than the window, such as less.",
    "HOME": "What ~/ means in a file name that you type after p, the page for your visit.",
}
"""What each variable does."""

EXIT_STATUSES = {
    "0": "It did what was asked. Every result ends with 0, whatever it says about health.",
    "1": "check found problems or findings. With --strict, advice counts too.",
    "2": "The command line is wrong. Nothing was done.",
    "3": "Answers are missing, the input ended early, or there is no terminal. Nothing was scored.",
    "4": "A file can't be read or written, could be read by others or has a problem, or this computer can't do it.",
    "70": "The program has a bug. It names the line, and shows no answer.",
    "128 + n": "Signal n ended the program. Ctrl-C gives 130.",
}
"""When the program ends with each status."""

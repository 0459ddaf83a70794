"""Entry point of the command line.

This module, the package and `version` must be valid in old versions of Python too: on those, and on Windows, they say
what is needed.
"""

import sys


def main() -> None:
    """Run the command line; `--version` and the phone numbers need no import of the command-line library."""
    _refuse_unsupported()
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]) and _print_version():
        return
    import gc
    import signal

    gc.disable()  # a process of 0.2 seconds has no garbage worth collecting
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored by the parent process
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # before `run`, there is nothing to clean up
    if arguments[:1] in (["hotlines"], ["lines"]) and _print_hotlines(arguments[1:]):
        return
    from iop_fit.cli.app import run

    run()


def _refuse_unsupported() -> None:
    """Exit with one sentence on Windows and on Python before 3.11."""
    if sys.platform == "win32":
        sys.exit(_refusal("iop-fit doesn't run on Windows itself. Use it in WSL (Windows Subsystem for Linux)."))
    if sys.version_info < (3, 11):  # noqa: UP036  # a source tree can be run with any Python
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(_refusal("iop-fit needs Python 3.11 or later, but this is Python " + version + "."))


def _refusal(sentence: str) -> int:
    """Print a sentence and the numbers that are needed most; return the exit status."""
    numbers = "In an emergency in the United States: 911. In a crisis: call or text 988."
    sys.stderr.write(sentence + "\n" + numbers + "\n")
    return 4


def _print_version() -> bool:
    import os

    from iop_fit.version import VERSION

    try:
        os.write(1, ("iop-fit " + VERSION + "\n").encode())
    except OSError:  # the full program reports it
        return False
    return True


def _print_hotlines(options: "list[str]") -> bool:
    from iop_fit.cli.at_once import print_hotlines

    try:
        return print_hotlines(options)
    except OSError:  # the full program reports it
        return False


if __name__ == "__main__":
    main()

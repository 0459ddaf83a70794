"""The way in from a shell."""

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line; `--version` is answered before the command-line library is imported."""
    if sys.argv[1:] == ["--version"]:
        from iop_fit.version import VERSION

        with suppress(OSError):  # what is wrong with standard output is told below
            os.write(1, f"iop-fit {VERSION}\n".encode())
            return
    gc.disable()  # a process of a fifth of a second has no garbage worth looking for
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored by whoever started this
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `run`, Ctrl-C has nothing to put in order, or to say
    from iop_fit.cli.app import run

    run()


if __name__ == "__main__":
    main()

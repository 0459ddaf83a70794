"""Entry point of the command line."""

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line; `--version` is handled before the command-line library is imported."""
    if sys.argv[1:] == ["--version"]:
        from iop_fit.version import VERSION

        with suppress(OSError):  # the code below reports the error
            os.write(1, f"iop-fit {VERSION}\n".encode())
            return
    gc.disable()  # a process of 0.2 seconds has no garbage worth collecting
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored by the parent process
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # before `run`, there is nothing to clean up
    from iop_fit.cli.app import run

    run()


if __name__ == "__main__":
    main()

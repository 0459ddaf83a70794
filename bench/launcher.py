"""Start commands from a small process, and report what each used: one JSON list per line in, one per line out.

The peak memory of a process is at least that of the process that started it, so this one imports as little as it can.
"""

import json
import os
import sys
from time import perf_counter

BYTES = 1 if sys.platform == "darwin" else 1024
"""The unit of `ru_maxrss`."""

NOT_STARTED = 127
"""The exit status of a command that can't be started, as in a shell."""


def run(command: list[str]) -> tuple[float, float, int, int]:
    """Run a command without input; return seconds, processor seconds, peak memory in bytes and the exit status."""
    null = os.open(os.devnull, os.O_RDWR)
    redirected = [(os.POSIX_SPAWN_DUP2, null, each) for each in (0, 1)]
    started = perf_counter()
    try:
        child = os.posix_spawn(command[0], command, os.environ, file_actions=redirected)
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        return 0, 0, 0, NOT_STARTED
    _, status, used = os.wait4(child, 0)
    seconds = perf_counter() - started
    os.close(null)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * BYTES, os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)

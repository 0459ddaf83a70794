"""Runs a command under strace, which sees native code too, and reports network, process and file system calls.

As a script it prints the counts for each command: `PYTHONPATH=tests:tests/project python tests/support/traced.py`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

KEPT = ("PATH", "PYTHONPATH")
"""Environment variables that a traced command inherits."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNTOUCHING = _names("""
    read readv pread64 preadv preadv2 lseek close close_range fstat newfstatat stat lstat statx statfs fstatfs
    access faccessat faccessat2 readlink readlinkat getcwd getdents getdents64 fadvise64 readahead fsync fdatasync
    munmap mprotect mremap madvise brk mlock munlock mincore msync membarrier mseal get_mempolicy mbind
    futex set_robust_list get_robust_list rseq arch_prctl set_tid_address getrandom uname sysinfo getcpu prlimit64
    getrlimit setrlimit getrusage times time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep
    sched_yield sched_getaffinity sched_setaffinity sched_getparam sched_getscheduler sched_getattr setitimer alarm
    getpid getppid gettid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid getresgid
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigpending rt_sigtimedwait sigaltstack pause
    poll ppoll select pselect6 epoll_create1 epoll_create epoll_ctl epoll_wait epoll_pwait eventfd2 pipe pipe2
    dup dup2 dup3 umask restart_syscall exit exit_group
""")
"""Calls that read or change nothing outside the process; they are not traced."""
HARMLESS = _names("mmap ioctl fcntl prctl wait4 flock")
"""Calls that are checked separately or change nothing by themselves; `flock` only locks a file."""
READING = _names("TCGETS TCGETS2 TCSETS TCSETS2 TIOCGWINSZ TIOCGPGRP FIONREAD FIOCLEX FIONCLEX FIONBIO")
"""`ioctl` requests that send no input and change nothing, except the modes of the terminal, which are restored."""
NETWORK = _names("""
    socket socketpair socketcall connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg
    getsockname getpeername getsockopt setsockopt shutdown io_uring_setup io_uring_enter io_uring_register
""")
"""Calls that reach the network or another local process; io_uring could do so undetected."""
STARTS = _names("fork vfork clone clone3 execve execveat")
OPENS = _names("open openat openat2 creat")
FOR_WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)")
WRITES = _names("write writev pwrite64 pwritev pwritev2 sendfile copy_file_range splice tee")
CHANGES = _names("""
    mkdir mkdirat rmdir rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mknod mknodat truncate
    ftruncate fallocate chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
""")
"""Calls that change a file, its name or its metadata."""
NAME_LOOK_UP = re.compile(r"/etc/(resolv\.conf|hosts|host\.conf|gai\.conf|nsswitch\.conf|services)|/nscd/|/libnss_")

CALL = re.compile(r"(\w+)\((.*)\)\s+= (.*)")
NAMED = re.compile(r'(?:(?:\d+|AT_FDCWD)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
"""A path and the open folder it is relative to."""
OPENED = re.compile(r"\b\d+<(/[^>]*)>")


class Call(NamedTuple):
    """One system call in the output of strace."""

    name: str
    arguments: str
    result: str

    def paths(self, folder: Path) -> set[Path]:
        """Return the files it names, or those of its descriptors; no pipes and no /proc/self/fd links."""
        named = {str(folder / parent / name) for parent, name in NAMED.findall(self.arguments)}
        opened = set(OPENED.findall(self.arguments))
        paths = {os.path.normpath(path) for path in (opened if self.name in WRITES else named or opened)}
        if "O_TMPFILE" in self.arguments:  # an unnamed file in this folder
            paths = {f"{path}/#" for path in paths}
        return {Path(path) for path in paths if path.startswith("/") and not path.startswith("/proc/self/fd/")}


class Trace(NamedTuple):
    """System calls of a command and its child processes, except untraced ones."""

    folder: Path
    """The working directory."""
    calls: tuple[Call, ...]

    def calls_to(self, names: frozenset[str]) -> Iterator[Call]:
        return (call for call in self.calls if call.name in names)

    def network(self) -> list[Call]:
        return list(self.calls_to(NETWORK))

    def started(self) -> list[Call]:
        """Return the calls that started a process, except the command itself; threads don't count."""
        starts = [call for call in self.calls_to(STARTS) if "CLONE_THREAD" not in call.arguments]
        return starts[1:]  # the first is the command

    def read(self) -> set[Path]:
        """Return the files opened for reading."""
        opens = (call for call in self.calls_to(OPENS) if not call.result.startswith("-"))
        return {path for call in opens if not _for_writing(call) for path in call.paths(self.folder)}

    def name_look_ups(self) -> list[Call]:
        return [call for call in self.calls_to(OPENS) if NAME_LOOK_UP.search(call.arguments)]

    def touched(self) -> set[Path]:
        """Return the files it tried to create, write, change, rename or delete, by name or descriptor."""
        calls = [*filter(_for_writing, self.calls_to(OPENS)), *self.calls_to(WRITES), *self.calls_to(CHANGES)]
        calls += filter(_shared_for_writing, self.calls_to(frozenset({"mmap"})))
        return {path for call in calls for path in call.paths(self.folder)}

    def opened_for_writing(self) -> list[Call]:
        return list(filter(_for_writing, self.calls_to(OPENS)))

    def unknown(self) -> list[Call]:
        """Return the calls that this module doesn't know."""
        known = NETWORK | STARTS | OPENS | WRITES | CHANGES | UNTOUCHING | HARMLESS
        controls = self.calls_to(frozenset({"ioctl"}))
        asked = [call for call in controls if READING.isdisjoint(re.findall(r"\w+", call.arguments))]
        return [call for call in self.calls if call.name not in known] + asked

    def counts(self) -> str:
        """Return a table row: all calls, opens for writing, process starts, network calls."""
        numbers = (self.calls, self.opened_for_writing(), self.started(), self.network())
        return "".join(f"{len(number):>9}" for number in numbers)


def _for_writing(call: Call) -> bool:
    return call.name == "creat" or bool(FOR_WRITING.search(call.arguments))


def _shared_for_writing(call: Call) -> bool:
    return "MAP_SHARED" in call.arguments and "PROT_WRITE" in call.arguments and "ANONYMOUS" not in call.arguments


def tracer(logs: Path, *, all_calls: bool = False) -> tuple[str, ...]:
    """Return the strace prefix for a command; the command stays a direct child of this process."""
    logs.mkdir()
    calls = "all" if all_calls else "!" + ",".join(f"?{name}" for name in sorted(UNTOUCHING))
    strace = shutil.which("strace") or "strace"
    options = ["-D", "-ff", "-y", "-s", "0", "-e", "signal=none", "-e", f"trace={calls}"]
    return (strace, *options, "-o", str(logs / "log"))


def traced(logs: Path, folder: Path) -> Trace:
    """Read the logs of strace: one file per thread, so that calls don't interleave."""
    files = sorted(logs.iterdir(), key=lambda path: int(path.suffix[1:]))
    lines = [line for path in files for line in path.read_text().splitlines() if not line.startswith("+++")]
    calls = []
    for line in lines:
        match = CALL.fullmatch(line)
        assert match, f"can't parse this line of strace: {line}"
        calls.append(Call(*match.groups()))
    assert calls, "strace logged no calls"
    return Trace(folder, tuple(calls))


@cache
def why_not() -> str:
    """Return the reason why strace doesn't work here; empty if it works."""
    if not shutil.which("strace"):
        return "strace is not installed (Debian, Ubuntu: apt install strace)"
    done = subprocess.run(["strace", "-D", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 and not done.stderr else f"strace can't trace here: {done.stderr.strip()}"


def need_strace() -> None:
    """Skip the test with a warning if strace doesn't work; fail in CI on Linux."""
    reason = why_not()
    if not reason:
        return
    message = f"THE PRIVACY OF THE WHOLE PROGRAM WAS NOT TESTED: {reason}"
    if os.environ.get("CI") and sys.platform == "linux":
        pytest.fail(message)
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # warnings are errors by default; this one must reach the summary
        warnings.warn(message, pytest.PytestWarning, stacklevel=2)
    pytest.skip(message)


class Traced(NamedTuple):
    """Result of a traced command."""

    trace: Trace
    status: int
    output: str
    """Standard output and standard error."""


def run_traced(
    folder: Path, *command: str | Path, read: Path | None = None, all_calls: bool = False, **environment: str
) -> Traced:
    """Run a command under strace in a folder, without a terminal; `read` is its standard input."""
    with tempfile.TemporaryDirectory() as logs, Path(read or os.devnull).open("rb") as file:
        before = tracer(Path(logs) / "logs", all_calls=all_calls)
        done = subprocess.run(
            [*before, *map(str, command)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd=folder,
            env={name: os.environ[name] for name in KEPT if name in os.environ} | environment,
        )
        return Traced(traced(Path(logs) / "logs", folder), done.returncode, done.stdout.decode())


def main() -> None:
    """Print a table of the system calls of each command."""
    from test_privacy import TASKS, trace_task

    print(f"{'':<26}" + "".join(f"{each:>9}" for each in ("calls", "writing", "started", "network")))
    for name in TASKS:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{name:<26}{trace_task(name, Path(folder), all_calls=True).trace.counts()}")


if __name__ == "__main__":
    main()

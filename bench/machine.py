"""The computer and the versions on which the figures depend; neither names a host, a person or a folder."""

import os
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

import pyperf

from bench.page import Table
from iop_fit.version import VERSION

__all__ = ["PEERS", "Peer", "machine"]


class Peer(NamedTuple):
    """A program or library that iop-fit is compared with, or that measures."""

    name: str
    about: str


PEERS = (
    Peer("copier", "asks questions from YAML, and fills in templates with the answers"),
    Peer("sqlite-utils", "a command line for SQLite, made with Click"),
    Peer("check-jsonschema", "checks YAML and JSON files, as `iop-fit check` does"),
    Peer("yamllint", "checks YAML files"),
    Peer("zen-engine", "a rules engine in Rust, of decision tables and expressions"),
    Peer("rule-engine", "a rules engine in Python, of expressions"),
    Peer("duckdb", "a column database inside the process"),
    Peer("numpy", "arrays"),
    Peer("pyarrow", "reads and writes Parquet for the loop and for numpy"),
    Peer("pyperf", "describes the computer, and keeps the values"),
)


def machine(day: date) -> Table:
    """Return the table of the computer, the versions and the day."""
    known = pyperf.Run([1.0], metadata={"name": "computer"}).get_metadata()
    system, release = os.uname().sysname, os.uname().release.split("-")[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    rows = [
        ("day", f"{day:%B} {day.day}, {day.year}"),
        ("processor", f"{known.get('cpu_model_name', os.uname().machine)}, {known['cpu_count']} cores"),
        ("memory", f"{memory / 2**30:.0f} GiB"),
        ("system", f"{system} {release}"),
        ("Python", known["python_version"]),
        ("iop-fit", VERSION),
        *((each.name, f"{version(each.name)}: {each.about}") for each in PEERS),
    ]
    meaning = (
        "All of this can change the figures. The versions of the other programs are those of `requirements/bench.txt`."
    )
    return Table("Computer and versions", meaning, ("what", "which"), tuple(rows))

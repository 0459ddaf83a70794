"""What the rules say about made-up people: shares of directions and alerts."""

import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

import iop_fit

__all__ = ["PEOPLE", "population_alerts", "population_directions"]

PEOPLE, SEED = 20_000, 1


@cache
def scored() -> list[tuple[str | None, ...]]:
    """Return, for each made-up person, the direction and then the state of each alert."""
    alerts = ", ".join(f'"alert_{alert.id}"::VARCHAR' for alert in iop_fit.load().public().alerts)
    with TemporaryDirectory() as folder:
        run(folder, "population", str(PEOPLE), "--seed", str(SEED), "-o", "people.parquet")
        run(folder, "score", "people.parquet", "-o", "scored.parquet")
        return (
            duckdb.read_parquet(str(Path(folder, "scored.parquet"))).project(f"direction::VARCHAR, {alerts}").fetchall()
        )


def run(folder: str, *arguments: str) -> None:
    """Run a command in a folder."""
    subprocess.run([sys.executable, "-m", "iop_fit", *arguments], cwd=folder, check=True, capture_output=True)


def population_directions() -> str:
    """Return a table with the share of each direction."""
    found = Counter(direction for direction, *_ in scored())
    names = {each.id: each.title for each in iop_fit.load().directions}
    rows = [f"| `{name}`: {title} | {share(found[name])} |" for name, title in names.items()]
    return table("direction", [*rows, f"| withheld by an alert | {share(found[None])} |"])


def population_alerts() -> str:
    """Return a table with the share of each alert, most common first."""
    alerts = iop_fit.load().public().alerts
    found = Counter({alert.id: sum(row[place] == "yes" for row in scored()) for place, alert in enumerate(alerts, 1)})
    titles = {alert.id: alert.title for alert in alerts}
    return table("alert", [f"| `{name}`: {titles[name]} | {share(count)} |" for name, count in found.most_common()])


def share(count: int) -> str:
    """Return a share of the people in percent."""
    return f"{100 * count / PEOPLE:.1f} %"


def table(first: str, rows: list[str]) -> str:
    """Return a Markdown table."""
    return "\n".join([f"| {first} | made-up people |", "|---|---:|", *rows]) + "\n"

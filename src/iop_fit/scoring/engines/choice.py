"""What an engine is called on the command line."""

import re

__all__ = ["DUCKDB", "spark_master"]

DUCKDB = "duckdb"
SPARK = "spark"
ALL_CORES = "local[*]"
MASTER = re.compile(r"local(\[([0-9]+|\*)(,[0-9]+)?\])?|yarn|(spark|k8s)://\S+")


def spark_master(engine: str) -> str | None:
    """Return the address of the Spark master that an engine's name means; None for DuckDB.

    Raises `ValueError` if there is no such engine.
    """
    if engine == DUCKDB:
        return None
    if engine == SPARK:
        return ALL_CORES
    if not MASTER.fullmatch(engine):
        raise ValueError(engine)
    return engine

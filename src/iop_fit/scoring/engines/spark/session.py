"""Start and stop Spark."""

import logging
from contextlib import suppress
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from iop_fit.scoring.engines.spark.settings import settings

__all__ = ["Spark"]

ENDED = (Py4JError, OSError)
"""What calls raise once Java has ended."""


class Spark:
    """A session of Spark, with the Java process that it runs in."""

    def __init__(self, master: str, scratch: Path) -> None:
        """Start Java; what it prints is dropped, because it can repeat answers. Raises an exception of `pyspark`."""
        logging.getLogger("py4j").setLevel(logging.CRITICAL + 1)
        logging.getLogger().addHandler(logging.NullHandler())  # where it logs to the root, when Java has ended
        self._conf = SparkConf(loadDefaults=False).setAll([*settings(master, scratch).items()])
        with Path("/dev/null").open("wb") as nowhere:
            self._gateway = launch_gateway(self._conf, {"stdout": nowhere, "stderr": nowhere, "umask": 0o077})

    def connect(self) -> None:
        """Start the session, with the master. Raises an exception of `pyspark`."""
        self._context = SparkContext(gateway=self._gateway, conf=self._conf)
        self.session = SparkSession(self._context)

    def done(self) -> float:
        """Return which share of the tasks of the running job is done, from 0 to 1."""
        tracker = self._context.statusTracker()
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        tasks = sum(stage.numTasks for stage in stages if stage)
        return sum(stage.numCompletedTasks for stage in stages if stage) / tasks if tasks else 0.0

    def cancel(self) -> None:
        """End the running jobs at once, and Spark with them."""
        with suppress(*ENDED, AttributeError):  # it may not have started
            self._context.cancelAllJobs()
        self.kill()

    def stop(self) -> None:
        """End Spark and wait for it."""
        with suppress(*ENDED, AttributeError):
            self.session.stop()
        self.kill()

    def kill(self) -> None:
        """Kill Java and wait for it; another Spark can be started in this process then."""
        process = self._gateway.proc
        process.kill()
        process.wait()
        with suppress(*ENDED):
            process.stdin.close()
        with suppress(*ENDED):
            self._gateway.shutdown()
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None  # noqa: SLF001

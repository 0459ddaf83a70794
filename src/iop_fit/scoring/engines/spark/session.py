"""Start and stop Spark."""

import logging
from contextlib import suppress
from pathlib import Path

from pyspark import SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from iop_fit.scoring.engines.spark.settings import settings

__all__ = ["Spark"]

SECONDS_TO_STOP = 20
"""How long Java may take to end before it is killed."""


class Spark:
    """A session of Spark, with the Java process that it runs in."""

    def __init__(self, master: str, scratch: Path) -> None:
        """Start it; what Java prints is dropped, because it can repeat answers. Raises an exception of `pyspark`."""
        logging.getLogger("py4j").setLevel(logging.CRITICAL + 1)
        conf = SparkConf(loadDefaults=False).setAll([*settings(master, scratch).items()])
        with Path("/dev/null").open("wb") as nowhere:
            self._gateway = launch_gateway(conf, {"stdout": nowhere, "stderr": nowhere, "umask": 0o077})
        try:
            self._context = SparkContext(gateway=self._gateway, conf=conf)
            self.session = SparkSession(self._context)
        except BaseException:
            self.kill()
            raise

    def done(self) -> float:
        """Return which share of the tasks of the running job is done, from 0 to 1."""
        tracker = self._context.statusTracker()
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        tasks = sum(stage.numTasks for stage in stages if stage)
        return sum(stage.numCompletedTasks for stage in stages if stage) / tasks if tasks else 0.0

    def cancel(self) -> None:
        """End the running jobs at once, and Spark with them."""
        with suppress(Exception):
            self._context.cancelAllJobs()
        self.kill()

    def stop(self) -> None:
        """End Spark and wait for it."""
        with suppress(Exception):
            self.session.stop()
            self._gateway.shutdown()
        with suppress(Exception):
            self._gateway.proc.stdin.close()
            self._gateway.proc.wait(SECONDS_TO_STOP)
        self.kill()

    def kill(self) -> None:
        """Kill Java and wait for it; another Spark can be started in this process then."""
        self._gateway.proc.kill()
        self._gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None  # noqa: SLF001

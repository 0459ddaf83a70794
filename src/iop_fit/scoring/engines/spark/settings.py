"""The settings that Spark is started with."""

from pathlib import Path

__all__ = ["settings"]

ALWAYS = {
    "spark.app.name": "iop-fit",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # The same SQL means the same, whatever the version and its defaults.
    "spark.sql.ansi.enabled": "false",  # with it, one odd cell could end the whole job
    "spark.sql.caseSensitive": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.variable.substitute": "false",
    "spark.sql.session.timeZone": "UTC",
    # No row is dropped or half read without a word.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    # The SQL is too long for one Java method, which Spark would try first; several are compiled better.
    "spark.sql.codegen.wholeStage": "false",
    # Only this account can read what is written.
    "spark.hadoop.fs.permissions.umask-mode": "077",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}

LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.authenticate": "true",  # its ports are open to other accounts of this computer
}
"""Further settings of a Spark that runs on this computer only."""

JAVA = "-XX:-DontCompileHugeMethods"
"""By default, Java interprets long methods, such as those that Spark can write for rules, instead of compiling them."""


def settings(master: str, scratch: Path) -> dict[str, str]:
    """Return the settings for a master; all temporary files of the driver are in the folder `scratch`."""
    private = f"-Djava.io.tmpdir={_quoted(scratch)} -XX:ErrorFile={_quoted(scratch / 'crash.log')} -XX:-UsePerfData"
    return {
        **ALWAYS,
        **(LOCAL if master.startswith("local") else {}),
        "spark.master": master,
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.driver.defaultJavaOptions": f"{JAVA} {private}",
        "spark.executor.defaultJavaOptions": JAVA,
    }


def _quoted(path: Path) -> str:
    """Return a path for a list of Java options."""
    return '"' + str(path.absolute()).replace("\\", "\\\\").replace('"', '\\"') + '"'

"""The folder of the files that come with the program."""

import os.path

__all__ = ["data_folder"]


def data_folder() -> str:
    """Return the folder that contains `questions` and `examples`.

    In a source tree, use the files beside `src/`: an editable install leaves a stale copy beside the code. Avoids
    `pathlib`, whose import would take a tenth of the time of `iop-fit hotlines`.
    """
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    above = os.path.dirname(package)
    root = os.path.dirname(above)
    in_source_tree = os.path.basename(above) == "src" and os.path.isfile(os.path.join(root, "pyproject.toml"))
    return root if in_source_tree else package

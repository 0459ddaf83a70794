"""Add the compiled questionnaire to the wheel. An editable install has none: its author changes the YAML files."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileQuestionnaire(BuildHookInterface[Any]):
    """Makes the compiled questionnaire from the source tree that is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file, and say where the wheel has it."""
        self.folder = TemporaryDirectory()
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from iop_fit.loading.compiled import compiled
        from iop_fit.loading.loader import load
        from iop_fit.loading.questionnaire_files import bundled, read_source

        made = Path(self.folder.name, f"{bundled().name}.json")
        files = [Path(name).name for name in read_source(bundled()).names]
        made.write_text(compiled(load(), files), encoding="utf-8")
        build_data["force_include"][str(made)] = f"iop_fit/questions/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the file, which the wheel has now."""
        del version, build_data, artifact_path
        self.folder.cleanup()

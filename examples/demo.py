"""Assess one example person, write the files for the provider to demo/, and show the summary last."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHO = ROOT / "examples" / "everyday-drinking.yaml"


def main() -> int:
    """Run the real command, as anybody would; return its exit status."""
    folder = ROOT / "demo"
    folder.mkdir(exist_ok=True)
    files = [folder / f"{WHO.stem}.{suffix}" for suffix in ("pdf", "html", "md", "txt", "json", "fhir.json")]
    exports = [argument for file in files for argument in ("--export", str(file.relative_to(ROOT)))]
    command = ["assess", "--answers", str(WHO.relative_to(ROOT)), "--force", *exports]
    print(f"iop-fit {' '.join(command)}\n", flush=True)
    return subprocess.run([sys.executable, "-m", "iop_fit", *command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

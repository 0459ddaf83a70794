"""Draw the pictures of the README from the program's own output: run by `make pictures`.

With `--check`, write nothing, name each picture that is out of date, and exit with status 1 if there is one.
"""

import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from rich.console import Console
from rich.text import Text

import iop_fit

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
PERSON = ROOT / "examples" / "everyday-drinking.yaml"
DAY = date(2026, 1, 2)

PIXELS_PER_INCH = 130

TERMINAL = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own template names a font on the web; this one asks for nothing."""


def result() -> iop_fit.Assessment:
    """Return the result of the person in the pictures, on a fixed day."""
    questionnaire = iop_fit.load()
    return iop_fit.assess(questionnaire, iop_fit.load_answers(PERSON, questionnaire), on=DAY)


def summary() -> bytes:
    """Return the summary as the SVG of a terminal 80 columns wide."""
    text = iop_fit.render(result(), "text", width=80, color=True)
    console = Console(record=True, file=StringIO(), width=80, color_system="truecolor", _environ={})
    console.print(Text.from_ansi(text.rstrip("\n")), soft_wrap=True)
    svg = console.export_svg(
        title="iop-fit assess --answers examples/everyday-drinking.yaml", code_format=TERMINAL, unique_id="summary"
    )
    return "\n".join(line.rstrip() for line in svg.split("\n") if line.strip()).encode() + b"\n"


def page_one() -> bytes:
    """Return page one of the PDF as a PNG in few colors, which keeps it small."""
    page = pypdfium2.PdfDocument(iop_fit.export(result(), "pdf"))[0]
    image = page.render(scale=PIXELS_PER_INCH / 72).to_pil().convert("RGB").quantize(colors=16, dither=0)
    png = BytesIO()
    image.save(png, "PNG", optimize=True)
    return png.getvalue()


def same_pixels(old: bytes, new: bytes) -> bool:
    """Say whether two PNGs look the same; compression and the last bits of a color differ between computers."""
    first, second = (Image.open(BytesIO(png)).convert("L") for png in (old, new))
    return first.size == second.size and max(ImageChops.difference(first, second).tobytes()) <= 16


def same_text(old: bytes, new: bytes) -> bool:
    """Say whether two SVGs are the same."""
    return old == new


DRAWINGS: dict[str, tuple[Callable[[], bytes], Callable[[bytes, bytes], bool]]] = {
    "summary.svg": (summary, same_text),
    "page-one.png": (page_one, same_pixels),
}
"""Each picture by its file name: how it is drawn, and how it is compared."""


def main() -> int:
    """Write each picture that is out of date, or with `--check` only name it; return the exit status."""
    check, stale = "--check" in sys.argv[1:], 0
    for name, (draw, same) in DRAWINGS.items():
        path = PICTURES / name
        new = draw()
        if path.exists() and same(path.read_bytes(), new):
            continue
        stale += 1
        print(f"{'Out of date' if check else 'Written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_bytes(new)
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())

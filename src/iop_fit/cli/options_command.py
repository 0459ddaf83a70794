"""The `options` command: the options of care side by side, marked after a result."""

from iop_fit.cli.options import (
    AfterResult,
    AllowShared,
    DrawnOutput,
    ExportOptions,
    Force,
    PaperSize,
    Plain,
    Questions,
    WordedFor,
)
from iop_fit.domain.wording import Audience

__all__ = ["options_command"]


def options_command(
    result: AfterResult = None,
    about: WordedFor = Audience.ME,
    questions: Questions = None,
    export: ExportOptions = None,
    output: DrawnOutput = "text",
    paper: PaperSize = "letter",
    force: Force = False,
    allow_shared: AllowShared = False,
    plain: Plain = False,
) -> None:
    """Compare the options of care, without questions."""
    from iop_fit.cli.outputs import OutputOptions, plan_outputs
    from iop_fit.cli.paging import show_command_output
    from iop_fit.cli.saved_results import compare_options
    from iop_fit.files.output_target import detect_output
    from iop_fit.report.registry import DRAWN

    view = detect_output(plain=plain)
    nothing_private = result is None
    options = OutputOptions(
        output, export, paper, force, include_home_safety=False, allow_shared=allow_shared or nothing_private
    )
    outputs = plan_outputs(options, view, (result, questions), formats=DRAWN)
    show_command_output(compare_options(questions, result, about, outputs, view), outputs, view)

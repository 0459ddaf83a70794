"""Check a questionnaire of your own, and print what is wrong and what always holds.

python examples/python/check_own.py examples/stepping-down
"""

import sys
from datetime import date

import iop_fit


def main(path: str, on: date) -> int:
    """Print the problems and findings of a questionnaire; return 1 if there are any."""
    found = iop_fit.check(path, on=on)
    wrong = [each for each in found.diagnostics if each.severity is not iop_fit.Severity.ADVICE]
    for each in wrong:
        print(f"{each.severity}: {each.problem}")
    for statement in found.statements:
        print(f"{'no ' if statement.findings else 'yes'} {statement.sentence}")
    advice = found.of_severity(iop_fit.Severity.ADVICE)
    print(f"{len(wrong)} to fix, {len(advice)} to look at")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], date.today()) if len(sys.argv) > 1 else __doc__)

"""Score each answers file of a folder in a process pool, and print how many got each direction.

    python examples/python/score_folder.py examples/at-the-lines

It prints counts alone, never a name with a result. For a file with problems it prints their codes and places.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from pathlib import Path

import iop_fit


def direction_of(path: Path, questionnaire: iop_fit.Questionnaire, day: date) -> str:
    """Return the id of the direction for one answers file."""
    answers = iop_fit.load_answers(path, questionnaire)
    result = iop_fit.assess(questionnaire, answers, on=day)
    return result.direction.id if result.direction else "withheld"


def main(folder: Path) -> int:
    """Score a folder; return 1 if it has no answers files, or if one has problems."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        print(f"No .yaml file in {folder}.", file=sys.stderr)
        return 1
    questionnaire, day = iop_fit.load(), date.today()
    counts: Counter[str] = Counter()
    failed = []
    with ProcessPoolExecutor() as pool:
        for done in as_completed([pool.submit(direction_of, path, questionnaire, day) for path in paths]):
            try:
                counts[done.result()] += 1
            except iop_fit.IopFitError as error:
                failed += [f"{problem.place}: {problem.code}" for problem in error.problems]
    print("\n".join(f"{counts[each.id]:4} {each.title}" for each in questionnaire.directions))
    print(f"{counts['withheld']:4} no direction: something else comes first")
    print("\n".join(sorted(failed)), file=sys.stderr, end="\n" if failed else "")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if len(sys.argv) > 1 else __doc__)

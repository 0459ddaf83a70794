"""Score a table of answers with pandas: one row for each person, one column for each question.

An empty cell is a question that was not asked. Cells that hold a list are for questions with several answers.
"""

from datetime import date

import pandas as pd

import iop_fit


def scored(people: pd.DataFrame, questionnaire: iop_fit.Questionnaire, on: date) -> pd.DataFrame:
    """Return the direction, whether it is firm, and the number of alerts of each row; or the codes of its problems."""
    rows = [score(row, questionnaire, on) for row in people.to_dict("records")]
    return pd.DataFrame(rows, index=people.index).convert_dtypes()


def score(row: dict[str, object], questionnaire: iop_fit.Questionnaire, on: date) -> dict[str, object]:
    """Return the columns for one person."""
    try:
        result = iop_fit.assess(questionnaire, {"answers": row}, on=on)
    except iop_fit.IopFitError as error:
        return {"problems": ", ".join(sorted({problem.code for problem in error.problems}))}
    direction = result.direction.id if result.direction else None
    return {"direction": direction, "firm": result.firm, "alerts": len(result.alerts), "problems": ""}


def main() -> None:
    """Score three of the made-up people, one of them with a missing answer."""
    questionnaire = iop_fit.load()
    names = ["steady-home", "everyday-drinking", "weekend-weed"]
    sheets = [iop_fit.load_answers(f"examples/{name}.yaml", questionnaire) for name in names]
    results = [iop_fit.assess(questionnaire, sheet, on=date(2026, 1, 2)) for sheet in sheets]
    people = pd.DataFrame([result.to_dict()["answers"] for result in results], index=names)
    people.loc["weekend-weed", "mood"] = None
    print(scored(people, questionnaire, date(2026, 1, 2)).to_string())


if __name__ == "__main__":
    main()

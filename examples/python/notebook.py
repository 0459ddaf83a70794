"""One cell of a notebook: a result as the last line shows the summary.

What a cell shows is saved with the notebook. Clear the output before you pass a notebook on.
"""

# %%
from datetime import date

import iop_fit

questionnaire = iop_fit.load()
answers = iop_fit.load_answers("examples/everyday-drinking.yaml", questionnaire)
result = iop_fit.assess(questionnaire, answers, on=date(2026, 1, 2))
result  # noqa: B018  # a notebook shows the last line

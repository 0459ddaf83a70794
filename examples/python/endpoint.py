"""An endpoint that scores answers: `fastapi dev examples/python/endpoint.py`, with FastAPI installed.

    curl --json @answers.json http://127.0.0.1:8000/results

The answers stay in memory: nothing is written, and no answer is logged. An error lists the problems for whoever sent
the answers. The log gets their codes alone, since a message can quote a part of a wrong answer. Before you put it on
the internet, it needs what any such service needs: encryption, a limit on the size of requests, and a privacy review.
"""

import logging
from datetime import date

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

import iop_fit

app = FastAPI()
questionnaire = iop_fit.load()
log = logging.getLogger(__name__)


@app.post("/results")
async def results(request: Request) -> JSONResponse:
    """Return the result for an answers file in YAML or JSON, or the problems in it."""
    body = await request.body()
    try:
        answers = iop_fit.load_answers(text=body, questionnaire=questionnaire)
        result = iop_fit.assess(questionnaire, answers, on=date.today())
    except iop_fit.IopFitError as error:
        log.info("not valid: %s", ", ".join(sorted({problem.code for problem in error.problems})))
        return JSONResponse({"problems": [described(problem) for problem in error.problems]}, status_code=422)
    return JSONResponse(result.to_dict(), headers={"Cache-Control": "no-store"})


def described(problem: iop_fit.Problem) -> dict[str, object]:
    """Return a problem as plain values."""
    line = problem.place.line if problem.place else 0
    return {"code": problem.code, "message": problem.message, "line": line or None, "hint": problem.hint or None}

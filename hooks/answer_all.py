"""`python -m hooks.answer_all`: reads requests as a JSON list, writes CPython's answers as another."""

import json
import sys

from interactive.browser import answer


def _answer(request: str) -> str:
    try:
        return answer(request)
    except Exception as error:  # the edge, as in a worker: what a widget raises is told
        return f"crash: {error!r}"


if __name__ == "__main__":
    json.dump([_answer(request) for request in json.load(sys.stdin)], sys.stdout)

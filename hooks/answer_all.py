"""`python -m hooks.answer_all`: reads requests as a JSON list, writes CPython's answers as another.

What a widget raises, and what it does not answer in time, begins with "crash".
"""

import json
import signal
import sys

from interactive.browser import answer

LIMIT = 10  # seconds of processor time, far more than any answer takes; a slip may loop for ever


def _answer(request: str) -> str:
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        return answer(request)
    except Exception as error:  # the edge, as in a worker: what a widget raises is told
        return f"crash: {error!r}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _out_of_time(*_: object) -> None:
    raise TimeoutError(f"no answer after {LIMIT} s")


if __name__ == "__main__":
    signal.signal(signal.SIGPROF, _out_of_time)
    json.dump([_answer(request) for request in json.load(sys.stdin)], sys.stdout)

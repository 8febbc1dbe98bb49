"""What the tests of the model share: properties are tried, not timed."""

import os

from hypothesis import settings

# a shared machine may stall for longer than any limit; speed is measured in tests/bench
settings.register_profile("untimed", deadline=None)
# thousands of mutants: fewer examples each, and the same ones for every mutant
settings.register_profile(
    "mutants", deadline=None, max_examples=20, derandomize=True, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "untimed"))

"""What the tests of the model share: properties are tried, not timed."""

from hypothesis import settings

# a shared machine may stall for longer than any limit; speed is measured in tests/bench
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

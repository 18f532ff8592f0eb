"""Hypothesis on machines of every speed: what a law says does not depend on the time it takes."""

from hypothesis import settings

settings.register_profile("carepass", deadline=None, print_blob=True)
settings.load_profile("carepass")

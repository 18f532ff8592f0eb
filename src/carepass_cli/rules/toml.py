"""TOML as people write it, within bounds: tomllib follows any nesting, and a long dotted key for ever."""

import re
from typing import Any

# Parts of a key, with room for whatever a person means: `values.role` has two.
PARTS_MOST = 50
LONG_KEY = r"""(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*)""" + f"{{{PARTS_MOST}}}"


def parse_toml(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises ValueError, saying where, for what is none, or is no person's."""
    import tomllib

    if long := re.search(LONG_KEY, text):
        line = text.count("\n", 0, long.start()) + 1
        raise ValueError(f"a key of more than {PARTS_MOST} parts (at line {line})")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("values too deep in one another") from None

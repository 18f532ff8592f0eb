"""Text from data, made harmless for terminals. Shown, never obeyed; nothing is dropped."""

import re

# C0 and C1 controls, DEL, bidirectional controls, line and paragraph separators, lone surrogates.
UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


def shown(text: str) -> str:
    """`text` with every control character written out: ESC becomes the four characters `\\x1b`."""
    return text if text.isprintable() else re.sub(UNSAFE, _written_out, text)


def json_safe(text: str) -> str:
    """JSON text in which what a terminal would obey is a `\\uXXXX` escape: the same JSON value."""
    return text if text.isprintable() else re.sub(UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)


def _written_out(match: re.Match[str]) -> str:
    point = ord(match[0])
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"

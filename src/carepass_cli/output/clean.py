"""Text from data, made harmless for terminals and spreadsheets. Shown, never obeyed; nothing is dropped."""

import re

# C0 and C1 controls, DEL, bidirectional controls, line and paragraph separators, lone surrogates.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# What Excel, LibreOffice and Sheets take for the start of a formula, full-width forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def shown(text: str) -> str:
    """`text` with every control character written out: ESC becomes the four characters `\\x1b`."""
    return UNSAFE.sub(_written_out, text)


def json_safe(text: str) -> str:
    """JSON text in which what a terminal would obey is a `\\uXXXX` escape: the same JSON value."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def guarded(cell: str) -> str:
    """`cell` with a leading `'` where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` without the mark that `guarded` put there; every other cell as it is."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    # A mark of our own before it still counts, so that marking can be undone exactly.
    return cell.startswith(FORMULA) or cell.strip().lstrip("'").startswith(FORMULA)


def _written_out(match: re.Match[str]) -> str:
    point = ord(match[0])
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"

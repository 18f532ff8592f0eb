"""The formula guard: a mark before what a spreadsheet would run. CSV output adds it, imports take it off."""

import re

# What Excel, LibreOffice and Sheets take for the start of a formula, full-width forms included, also where
# they trim the cell first. Marks before it still count, so that marking can be undone exactly.
FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")


def guarded(cell: str) -> str:
    """`cell` with a leading `'` where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` without the mark that `guarded` put there; every other cell as it is."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return FORMULA.match(cell) is not None

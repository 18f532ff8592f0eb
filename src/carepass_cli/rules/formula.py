"""The formula guard, a mark before what a spreadsheet would run: CSV output puts it on, imports take it off."""

# What Excel, LibreOffice and Sheets take for the start of a formula, full-width forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def guarded(cell: str) -> str:
    """`cell` with a leading `'` where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` without the mark that `guarded` put there; every other cell as it is."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    # A mark of our own before it still counts, so that marking can be undone exactly.
    return cell.startswith(FORMULA) or cell.strip().lstrip("'").startswith(FORMULA)

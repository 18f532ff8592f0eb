"""The formula guard: a mark before what a spreadsheet would run. CSV output adds it, imports take it off."""

import re

# What Excel, LibreOffice and Sheets take for the start of a formula, full-width forms included, also where
# they trim the cell first. Marks before it still count, so that marking can be undone exactly.
FORMULA = r"(?:['\s]*[=+\-@＝＋－＠]|'*[\t\r\n])"
# A spreadsheet set to another list separator begins a cell after each of them, quotes or not.
BEGINS = rf"(?:^|(?<=[,;\t]))(?={FORMULA})"
MARKED = rf"(?:^|(?<=[,;\t]))'(?={FORMULA})"
# The same in a sentence of ours, which has a quotation mark before what it repeats, and a word before an
# option.
FUSED = r"(?:^|(?<=[,;\t]))(?=\s*[=+\-@＝＋－＠]|[\t\r\n])"
# Only such cells are looked at closely: most have none of these.
SUSPECT = "[=+\\-@＝＋－＠\t\r\n]"


def guarded(cell: str) -> str:
    """`cell` with a `'` wherever a spreadsheet would take what begins there for a formula."""
    return re.sub(BEGINS, "'", cell) if re.search(SUSPECT, cell) else cell


def defused(text: str) -> str:
    """A sentence of our own, which may repeat what somebody wrote: with a `'` where that would begin a cell
    as a formula. Nobody reads it back, so a quotation mark before the sign is mark enough."""
    return re.sub(FUSED, "'", text) if re.search(SUSPECT, text) else text


def unguarded(cell: str) -> str:
    """`cell` without the marks that `guarded` put there; every other cell as it is."""
    return re.sub(MARKED, "", cell) if "'" in cell else cell

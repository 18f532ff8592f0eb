"""How a run prints, and how one value looks in it."""

from typing import NamedTuple

from carepass_cli.output.clean import json_safe


class Style(NamedTuple):
    """How to print: the output format, chosen fields (comma-separated), the keys to sort by, the most rows,
    the header line; whether stdout is a terminal, its size, and whether to colour."""

    output: str
    fields: str | None = None
    sort: str | None = None
    limit: int | None = None
    header: bool = True
    terminal: bool = False
    color: bool = False
    columns: int = 80
    lines: int = 24

    @property
    def width(self) -> int | None:
        """The columns of the terminal; None where stdout is none, and nothing is wrapped."""
        return self.columns if self.terminal else None


def cell(value: object) -> str:
    """One value as text, for CSV. None is empty; a list is joined by spaces, one of lists by semicolons, and
    so are the phrases of a tuple; an object, and a list of objects, is JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(map(cell, value))
    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return json_text(value)
    if isinstance(value, list):
        between = "; " if value and isinstance(value[0], list) else " "
        return between.join(cell(each) for each in value)
    return str(value)


def human(value: object) -> str:
    """One value as text, for a person: as `cell`, with yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell(value)


def json_text(value: object, indent: int | None = None) -> str:
    """`value` as JSON; its own line breaks stay, control characters inside strings are escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return "\n".join(json_safe(line) for line in text.split("\n"))

"""The one renderer: the same columns as table, JSON, NDJSON or CSV."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from carepass_cli.errors import UsageError
from carepass_cli.output.clean import json_safe, shown
from carepass_cli.output.result import Item, Result, Table, Written, values_of
from carepass_cli.output.style import Style, cell, json_text
from carepass_cli.rules.formula import guarded

if TYPE_CHECKING:
    from carepass_cli.output.terminal import Unseen

Rows = Iterable[Sequence[object]]

# Rows that CSV looks at together.
CHUNK = 250

# Columns left out that are named.
NAMED = 5

# Outputs that a terminal cannot show.
BINARY = ("xlsx", "pdf")


def render(result: Result, style: Style, out: TextIO) -> list[str]:
    """Write `result` to `out`. Returns what a person at a terminal is to be told about it (rows beyond the
    screen, columns left out). Raises UsageError for an unknown field."""
    if isinstance(result, Item) or (isinstance(result, Written) and not result.many):
        values = result.values if isinstance(result, Item) else (result.items or [{}])[0]
        if style.output == "table" and result.told is not None:
            values = dict(result.told)
        _render_object(values, result, style, out)
        return []
    if isinstance(result, Written):
        table = Table(result.columns, values_of(result.items, result.columns), shown=result.shown)
        return _told_of(_render_rows(table, style, out), style, again=False)
    return _told_of(_render_rows(result, style, out), style, again=True)


def _render_object(values: dict[str, object], result: Result, style: Style, out: TextIO) -> None:
    columns = tuple(values)
    chosen = _chosen(style.fields, columns, columns)
    picked = {name: values[name] for name in chosen}
    if style.output == "json":
        out.write(json_text(picked, indent=2) + "\n")
    elif style.output == "ndjson":
        out.write(json_text(picked) + "\n")
    elif style.output == "csv":
        _csv(chosen, [list(picked.values())], style, out)
    else:
        from carepass_cli.output.plain import object_lines

        for line in object_lines(picked, style.width):
            out.write(line + "\n")
        _notes(getattr(result, "notes", ()), style, out)


def _told_of(unseen: "Unseen | None", style: Style, *, again: bool) -> list[str]:
    """What is said of a table that the screen does not hold. `again`: the command can be given once more,
    which a write cannot."""
    if unseen is None:
        return []
    from carepass_cli.output.plain import paragraph

    said = []
    if unseen.columns and again:
        more = len(unseen.columns) - NAMED
        names = ", ".join(unseen.columns[:NAMED]) + (f" and {more} more" if more > 0 else "")
        columns = "1 column does" if len(unseen.columns) == 1 else f"{len(unseen.columns)} columns do"
        said.append(f"{columns} not fit here: {names}. Choose with --fields, or take all with -o csv.")
    if unseen.rows:
        said.append(
            f"{unseen.rows} rows." + (" Page by page: put | less -S after the command." if again else "")
        )
    return [line for text in said for line in paragraph(text, style.width)]


def _render_rows(table: Table, style: Style, out: TextIO) -> "Unseen | None":
    if style.output in table.files:
        _write_file(table, style, out)
        return None
    # A pipe gets every column; a terminal those that fit a person's eye. `--fields` overrules both.
    default = table.shown if style.output == "table" and style.terminal else table.columns
    chosen = _chosen(style.fields, table.columns, default)
    rows: Rows = table.rows
    if chosen != table.columns:
        at = [table.columns.index(name) for name in chosen]
        rows = ([row[i] for i in at] for row in rows)
    writers: dict[str, Callable[[Sequence[str], Rows, Style, TextIO], None]] = {
        "json": _json_array,
        "ndjson": _ndjson,
        "csv": _csv,
    }
    if style.output in writers:
        writers[style.output](chosen, rows, style, out)
        return None
    if table.absent:
        rows = ([table.absent if value is None else value for value in row] for row in rows)
    unseen = None
    if style.terminal:
        from carepass_cli.output.terminal import draw_table

        unseen = draw_table(chosen, rows, style, out)
    else:
        from carepass_cli.output.plain import table_lines

        for line in table_lines(chosen, rows, header=style.header):
            out.write(line + "\n")
    _notes(table.notes, style, out)
    return unseen


def _write_file(table: Table, style: Style, out: TextIO) -> None:
    if style.fields is not None:
        raise UsageError(
            f"--fields does not go with -o {style.output}.", "Leave it out, or take another output."
        )
    if style.output in BINARY and style.terminal:
        raise UsageError(
            f"A terminal cannot show -o {style.output}.",
            f"Send it to a file: carepass ... -o {style.output} > report.{style.output}",
        )
    content = table.files[style.output](table.rows)
    out.flush()
    out.buffer.write(content)


def _chosen(fields: str | None, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    if fields is None:
        return default
    names = tuple(name.strip() for name in fields.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise UsageError(f"There is no field '{name}' here.", f"Use one of: {', '.join(known)}.")
    if not names:
        raise UsageError("--fields names no field.", f"Use one of: {', '.join(known)}.")
    return names


def _json_array(columns: Sequence[str], rows: Rows, style: Style, out: TextIO) -> None:  # noqa: ARG001
    import json

    encode = json.JSONEncoder(ensure_ascii=False).encode
    lead = "[\n  "
    for row in rows:
        out.write(lead + json_safe(encode(dict(zip(columns, row, strict=True)))))
        lead = ",\n  "
    out.write("[]\n" if lead.startswith("[") else "\n]\n")


def _ndjson(columns: Sequence[str], rows: Rows, style: Style, out: TextIO) -> None:  # noqa: ARG001
    import json

    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in rows:
        out.write(json_safe(encode(dict(zip(columns, row, strict=True)))) + "\n")


def _csv(columns: Sequence[str], rows: Rows, style: Style, out: TextIO) -> None:
    import csv

    writer = csv.writer(out, lineterminator="\n")
    clean = shown if style.terminal else _same
    if style.header:
        writer.writerow(columns)
    rows = iter(rows)
    while some := list(islice(rows, CHUNK)):
        if style.terminal or not _plain(some):
            some = [[guarded(clean(v)) if isinstance(v, str) else cell(v) for v in row] for row in some]
        writer.writerows(some)


def _plain(rows: Sequence[Sequence[object]]) -> bool:
    """Whether CSV can have all these rows as they are. Asked of their distinct values and of how those
    begin, which is a fraction of the cells."""
    try:
        values = set(chain.from_iterable(rows))
    except TypeError:  # a list
        return False
    if not values.isdisjoint((True, False)):  # or 1 and 0, which a set cannot tell from them
        return False
    return all(first.isalnum() for first in {v[0] for v in values if isinstance(v, str) and v})


def _same(text: str) -> str:
    return text


def _notes(notes: Sequence[str], style: Style, out: TextIO) -> None:
    if notes:
        from carepass_cli.output.plain import paragraph

        lines = (line for note in notes for line in paragraph(shown(note), style.width))
        out.write("\n" + "".join(f"{line}\n" for line in lines))

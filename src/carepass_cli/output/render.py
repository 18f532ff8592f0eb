"""The one renderer: the same columns as table, JSON, NDJSON or CSV."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import Any, TextIO

from carepass_cli.errors import UsageError
from carepass_cli.output.clean import json_safe, shown
from carepass_cli.output.result import Item, Result, Table, Written, in_human_words, values_of
from carepass_cli.output.style import Style, cell, json_text
from carepass_cli.output.width import paragraph
from carepass_cli.rules.formula import guarded

Rows = Iterable[Sequence[object]]

# Rows that CSV looks at together.
CHUNK = 250

# Columns left out that are named.
NAMED = 5

# Outputs that a terminal cannot show.
BINARY = ("xlsx", "pdf")


def render(result: Result, style: Style, out: TextIO) -> list[str]:
    """Write `result` to `out`. Returns what a person is to be told about it (rows and columns left out).
    Raises UsageError for an unknown field or key."""
    if isinstance(result, Item) or (isinstance(result, Written) and not result.many):
        values = result.values if isinstance(result, Item) else (result.items or [{}])[0]
        if isinstance(result, Item) and style.output in result.files:
            _write_file(result.files[style.output], values, style, out)
            return []
        if isinstance(result, Item) and result.sentences and style.output == "table" and not style.fields:
            _paragraphs(result.sentences, style, out)
            return []
        if style.output == "table" and result.human is not None:
            values = dict(result.human)
        _render_object(values, result, style, out)
        return []
    if isinstance(result, Written):
        rows = values_of(result.items, result.columns)
        _render_rows(Table(result.columns, rows, shown=result.shown, talk=result.talk), style, out)
        return []  # a write cannot be given once more, with other fields
    return _render_rows(result, style, out)


def _render_object(values: dict[str, object], result: Item | Written, style: Style, out: TextIO) -> None:
    columns = tuple(values)
    chosen = _chosen(style.fields, columns) or columns
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
        _paragraphs(result.talk.notes, style, out, before="\n")


def _render_rows(table: Table, style: Style, out: TextIO) -> list[str]:
    from carepass_cli.output.order import limited, sorted_rows

    rows: Rows = table.rows
    more = False
    last = table.newest_last and style.sort is None
    if style.sort is not None:
        rows = sorted_rows(rows, table.columns, style.sort)
    if style.limit is not None:
        rows, more = limited(rows, style.limit, last=last)
    which = "last" if last else "first"
    said = [f"These are the {which} {style.limit} rows; there are more."] if more else []
    if style.output in table.files:
        _write_file(table.files[style.output], rows, style, out)
        return said
    writers: dict[str, Callable[[Sequence[str], Rows, Style, TextIO], None]] = {
        "json": _json_array,
        "ndjson": _ndjson,
        "csv": _csv,
    }
    fields = _chosen(style.fields, table.columns)
    if style.output in writers:
        chosen = fields or table.columns
        writers[style.output](chosen, _picked(rows, table.columns, chosen), style, out)
        return said
    if table.absent:
        instead = [table.absent.get(name) for name in table.columns]
        rows = (
            [other if value is None else value for value, other in zip(row, instead, strict=True)]
            for row in rows
        )
    _paragraphs(table.talk.legend, style, out, after="\n")
    if table.sentences and not fields:
        _paragraphs(table.sentences, style, out)
    elif style.terminal and table.drawing is not None and not fields:
        table.drawing(rows, style, out)
    elif style.terminal:
        from carepass_cli.output.terminal import draw_table

        # At a terminal the most telling columns are first, and the others where they fit.
        columns, rows = (table.columns, rows) if fields else in_human_words(table, rows)
        others = [] if fields else [name for name in columns if name not in table.shown]
        first = fields or table.shown
        chosen = (*first, *others)
        picked = _picked(rows, columns, chosen)
        if table.bar in first:
            from carepass_cli.output.bars import has_blocks, with_bars

            first, chosen, picked = with_bars(first, chosen, picked, table.bar, blocks=has_blocks())
        unseen = draw_table(
            chosen, picked, style, out, len(first), table.grouped, _height(table.talk.notes, style)
        )
        said += _of_unseen([name for name in unseen if name not in table.unmissed])
    else:
        from carepass_cli.output.plain import table_lines

        chosen = fields or table.columns
        picked = _picked(rows, table.columns, chosen)
        for line in table_lines(chosen, picked, header=style.header, color=style.color):
            out.write(line + "\n")
    _paragraphs(table.talk.notes, style, out, before="\n")
    return said


def _of_unseen(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = len(names) - NAMED
    listed = ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
    columns = "1 column does" if len(names) == 1 else f"{len(names)} columns do"
    return [f"{columns} not fit here: {listed}. Choose with --fields, or take all with -o csv."]


def _picked(rows: Rows, columns: Sequence[str], chosen: Sequence[str]) -> Rows:
    if tuple(chosen) == tuple(columns):
        return rows
    at = [columns.index(name) for name in chosen]
    return ([row[i] for i in at] for row in rows)


def _write_file(content_of: Callable[[Any], bytes], values: Any, style: Style, out: TextIO) -> None:
    if style.fields is not None:
        raise UsageError(
            f"--fields does not go with -o {style.output}.", "Leave it out, or take another output."
        )
    if style.output in BINARY and style.terminal:
        raise UsageError(
            f"A terminal cannot show -o {style.output}.",
            f"Send it to a file: carepass ... -o {style.output} > report.{style.output}",
        )
    content = content_of(values)
    out.flush()
    out.buffer.write(content)


def _chosen(fields: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The fields asked for; none where none were."""
    if fields is None:
        return ()
    names = tuple(name.strip() for name in fields.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise UsageError(f"There is no field '{name}' here.", f"Use one of: {', '.join(known)}.")
    if not names:
        raise UsageError("--fields names no field.", f"Use one of: {', '.join(known)}.")
    return names


def _json_array(columns: Sequence[str], rows: Rows, style: Style, out: TextIO) -> None:  # noqa: ARG001
    import json

    encode = json.JSONEncoder(ensure_ascii=False, default=str).encode
    lead = "[\n  "
    for row in rows:
        out.write(lead + json_safe(encode(dict(zip(columns, row, strict=True)))))
        lead = ",\n  "
    out.write("[]\n" if lead.startswith("[") else "\n]\n")


def _ndjson(columns: Sequence[str], rows: Rows, style: Style, out: TextIO) -> None:  # noqa: ARG001
    import json

    encode = json.JSONEncoder(ensure_ascii=False, default=str).encode
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
    if any(isinstance(value, tuple) for value in values):
        return False
    return all(first.isalnum() for first in {v[0] for v in values if isinstance(v, str) and v})


def csv_bytes(columns: Sequence[str], rows: Rows) -> bytes:
    """A table as a CSV file, as `-o csv` writes it."""
    from io import StringIO

    out = StringIO()
    _csv(columns, rows, Style("csv"), out)
    return out.getvalue().encode()


def _same(text: str) -> str:
    return text


def _height(notes: Sequence[str], style: Style) -> int:
    """The lines that notes below a table take, with the blank one before them."""
    return 1 + sum(len(paragraph(text, style.width)) for text in notes) if notes else 0


def _paragraphs(
    texts: Sequence[str], style: Style, out: TextIO, *, before: str = "", after: str = ""
) -> None:
    if texts:
        lines = (line for text in texts for line in paragraph(shown(text), style.width))
        out.write(before + "".join(f"{line}\n" for line in lines) + after)

"""Many values in one parameter, as a table in SQL: how a batch looks up a chunk of keys at once."""

import json
from collections.abc import Iterable, Mapping


def given(on_sqlite: bool, name: str, columns: Mapping[str, str]) -> str:
    """A derived table of what the parameter `name` holds, in the SQL of one engine.

    The parameter is a JSON array (`json_array`) of values, or of arrays of them where there are several
    `columns`; those are the columns' names and SQL types.
    """
    several = len(columns) > 1
    if on_sqlite:
        values = [f"json_extract(value, '$[{at}]')" if several else "value" for at in range(len(columns))]
        source = f"json_each(:{name})"
    else:
        parts = [f"value ->> {at}" if several else "value #>> '{}'" for at in range(len(columns))]
        values = [f"CAST({part} AS {kind})" for part, kind in zip(parts, columns.values(), strict=True)]
        source = f"jsonb_array_elements(CAST(:{name} AS JSONB)) AS each(value)"
    named = ", ".join(f"{value} AS {column}" for value, column in zip(values, columns, strict=True))
    return f"(SELECT {named} FROM {source})"


def json_array(values: Iterable[object]) -> str:
    """The JSON of an array, for a parameter that `given` reads."""
    return json.dumps(list(values), separators=(",", ":"))

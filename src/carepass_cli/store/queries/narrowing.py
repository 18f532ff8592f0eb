"""Conditions that keep the rows of which a column has one of several values."""

from collections.abc import Collection, Mapping

# One value, or several of which any will do; none at all narrows nothing.
Named = str | int | Collection[str] | Collection[int] | None


def any_of(columns: Mapping[str, Named]) -> tuple[str, dict[str, object]]:
    """SQL, each condition after an AND, and its parameters, for columns and the values looked for."""
    sql, params = "", dict[str, object]()
    for column, named in columns.items():
        values = several(named)
        names = [f"{column.replace('.', '_')}_{number}" for number in range(len(values))]
        if names:
            sql += f" AND {column} IN ({', '.join(f':{name}' for name in names)})"
            params |= zip(names, values, strict=True)
    return sql, params


def several(named: Named) -> list[str | int]:
    """The values, whether one was named, several or none."""
    if named is None:
        return []
    return [named] if isinstance(named, str | int) else list(named)

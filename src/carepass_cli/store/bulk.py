"""Many rows at once, past the session: plain tuples to the driver, as a batch needs it.

Dates go in as ISO text on both engines.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import text

from carepass_cli.store.given import json_array
from carepass_cli.store.models import Base
from carepass_cli.store.reader import Row
from carepass_cli.store.unit import Unit


def insert_rows(
    unit: Unit, table: type[Base], columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Insert `rows`, each with its values in the order of `columns`."""
    if not rows:
        return
    name = table.__tablename__
    into = f"INSERT INTO {name} ({', '.join(map(_quoted, columns))}) VALUES"
    last = _last_key(unit, table)
    if unit.driver is not None:
        unit.driver.executemany(f"{into} ({', '.join('?' * len(columns))})", rows)
    else:
        from carepass_cli.store.server import copy_rows

        copy_rows(unit.session.connection(), name, columns, rows)
    # Nobody else writes meanwhile: all keys past the last one are ours.
    unit.trail.inserted(name, last + 1, _last_key(unit, table))


def update_rows(unit: Unit, table: type[Base], changes: Mapping[int, Mapping[str, object]]) -> None:
    """Set columns of rows, named by their primary key; of each row the same columns."""
    if not changes:
        return
    name, key = table.__tablename__, _key_of(table)
    columns = [*next(iter(changes.values()))]
    for row in _rows_of(unit, table, [key, *columns], changes):
        unit.trail.updated(name, row[0], dict(zip(columns, row[1:], strict=True)))
    sets = ", ".join(f"{_quoted(column)} = :{column}" for column in columns)
    sql = f"UPDATE {name} SET {sets} WHERE {key} = :the_key"
    params = [{**values, "the_key": number} for number, values in changes.items()]
    if unit.driver is not None:
        unit.driver.executemany(sql, params)
    else:
        unit.session.connection().execute(text(sql), params)


def revise_rows(unit: Unit, table: type[Base], changes: Mapping[int, Mapping[str, object]]) -> None:
    """Give rows (by primary key) a new version from today on; the version seen until now ends today."""
    names = list(table.__table__.columns.keys())  # type: ignore[attr-defined]
    at, fresh = names.index("id"), []
    for row in _rows_of(unit, table, names, changes):
        values = {**dict(zip(names, row, strict=True)), "from_on": unit.today, **changes[row[at]]}
        del values["id"]
        fresh.append(tuple(values.values()))
    update_rows(unit, table, {number: {"until_on": unit.today} for number in changes})
    insert_rows(unit, table, [name for name in names if name != "id"], fresh)


def reserve_ids(unit: Unit, table: type[Base], count: int) -> list[int]:
    """`count` free primary keys of a table, ascending. Nobody else writes while this unit does."""
    if unit.driver is not None:
        first = _last_key(unit, table) + 1
        return list(range(first, first + count))
    sql = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
    return [int(number) for (number,) in unit.rows(sql, name=table.__tablename__, count=count)]


def _rows_of(unit: Unit, table: type[Base], columns: Sequence[str], keys: Collection[int]) -> list[Row]:
    sql = f"""
        SELECT {", ".join("t." + _quoted(column) for column in columns)}
        FROM {unit.given("keys", number="INTEGER")} g CROSS JOIN {table.__tablename__} t
        WHERE t.{_key_of(table)} = g.number
    """
    return list(unit.rows(sql, keys=json_array(keys)))


def _last_key(unit: Unit, table: type[Base]) -> int:
    ((last,),) = unit.rows(f"SELECT COALESCE(MAX({_key_of(table)}), 0) FROM {table.__tablename__}")
    return int(last)


def _key_of(table: type[Base]) -> str:
    (column,) = table.__table__.primary_key.columns  # type: ignore[attr-defined]
    return str(column.name)


def _quoted(column: str) -> str:
    return f'"{column}"'

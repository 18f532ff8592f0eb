"""The schema: what is generated from its classes is what they say."""

from carepass_cli.store.location import KNOWN_REVISIONS, SCHEMA_HEAD
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.tables import TABLES, row_class
from carepass_cli.store.schema import METADATA
from tests.postgres.server import Server
from tests.store.generate import generated, shape_on


def test_what_is_generated_is_what_the_schema_says() -> None:
    stale = [path.name for path, text in generated().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run: python -m tests.store.generate"


def test_nothing_is_left_of_what_was_generated_before() -> None:
    made = {*generated()}
    rooms = {path.parent for path in made if path.parent.name == "nouns"}
    assert {path for room in rooms for path in room.glob("*.py")} <= made


def test_what_a_server_makes_of_the_schema_is_what_an_open_expects(server: Server) -> None:
    path, text = shape_on(server)
    assert path.read_text(encoding="utf-8") == text, "run: python -m tests.store.generate"


def test_every_table_has_a_row_class_with_its_columns() -> None:
    for table in METADATA.sorted_tables:
        known = table_of(row_class(table.name))
        assert (known.name, set(known.columns)) == (table.name, {column.name for column in table.columns})
        assert [known.key] == [column.name for column in table.primary_key.columns]
    assert [*TABLES] == [table.name for table in METADATA.sorted_tables]


def test_the_newest_schema_is_known() -> None:
    assert KNOWN_REVISIONS[-1] == SCHEMA_HEAD

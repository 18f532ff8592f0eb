"""NDJSON: one object a line."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import open_source
from carepass_cli.errors import UsageError

ONE = '{"portal_id": "1000", "home": "maple-grove", "role": "psw"}'


def test_lines_count_from_one_and_keys_may_come_in_any_order_or_late(read: Callable) -> None:
    found = read(
        ONE + '\n\n{"last_name": "Next", "role": "rn", "home": "maple-grove", "portal_id": null}\r\n'
    )
    assert found.source.layout.present == ("portal_id", "home", "role", "last_name")
    assert found.rows == [
        (1, ("1000", "", "maple-grove", "psw", "")),
        (3, ("", "", "maple-grove", "rn", "Next")),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('" a "', "a"),
        ("null", ""),
        ("true", "true"),
        ("false", "false"),
        ("1000", "1000"),
        ("1000.0", "1000"),
        ("45.5", "45.5"),
        ('["2026-12-24", "2026-12-31"]', "2026-12-24 2026-12-31"),
        ("[]", ""),
        ('"\'=1"', "'=1"),
        ('"a\\nb"', "a\nb"),
    ],
)
def test_values_become_what_a_person_would_type(read: Callable, value: str, text: str) -> None:
    found = read(f'{{"portal_id": 1, "home": "h", "role": "r", "last_name": {value}}}')
    assert found.rows == [(1, ("1", "", "h", "r", text))]


@pytest.mark.parametrize("value", ['{"a": 1}', '[{"a": 1}]'])
def test_an_object_in_an_object_is_refused_with_its_row(read: Callable, value: str) -> None:
    found = read(f'{{"portal_id": 1, "home": {value}, "role": "r"}}\n{ONE}\n')
    assert [line for line, _ in found.rows] == [2]
    [(error, values)] = found.refused
    assert (error.line, error.error) == (1, "invalid-value")
    assert "'home'" in error.message
    assert values == ("1", "", "", "r", "")


def test_objects_without_any_value_are_blank_lines(read: Callable) -> None:
    assert [line for line, _ in read('{}\n{"home": null, "role": ""}\n' + ONE).rows] == [3]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"[{ONE}]", 1),
        (f"{ONE}\n{ONE[:-1]}\n", 2),
        (f"{ONE}\n[1]\n", 2),
        (f"{ONE} {ONE}\n", 1),
        ('{"home": NaN}', 1),
        ('{"home": ' + "[" * 100_000, 1),
        (json.dumps(json.loads(ONE), indent=2), 1),
        ('{"home": "a", "home": "b"}', 1),
    ],
)
def test_what_is_not_ndjson_is_told_with_the_line(read: Callable, content: str, line: int) -> None:
    with pytest.raises(UsageError, match=f"line {line}:"):
        read(content)


def test_a_key_of_any_line_is_checked_as_a_header_is(read: Callable) -> None:
    with pytest.raises(UsageError, match="'rolle'") as caught:
        read(ONE + '\n{"portal_id": "1", "home": "h", "rolle": "r"}')
    assert caught.value.hint.startswith("Did you mean role?\n")


def test_json_is_utf8(read: Callable) -> None:
    with pytest.raises(UsageError, match="not UTF-8"):
        read('{"home": "é"}'.encode("cp1252"))


def test_the_name_says_ndjson_where_the_content_does_not(read: Callable) -> None:
    with pytest.raises(UsageError, match="JSON"):
        read("home,role\n", name="staff.jsonl")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.ndjson"
        path.write_text(
            "".join(f'{{"a": "{i:06}", "b": "some longer text to fill a line"}}\n' for i in range(rows))
        )
        tracemalloc.start()
        try:
            with open_source(str(path), Columns(("a", "b")), lambda text: None) as source:
                assert sum(1 for _ in source.rows()) == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(30_000) < peak(6_000) * 1.05

"""The header against the columns of an import."""

import re
from collections.abc import Callable
from importlib import import_module

import pytest

from carepass_cli.batch.columns import Columns, Layout
from carepass_cli.errors import UsageError
from tests.conftest import Carepass

# What a list prints and an import passes over.
NOT_TAKEN: dict[str, set[str]] = {
    "account": {"created_on"},
    "catalog": set(),
    "course": set(),
    "home": set(),
    "record": {"record", "source", "voided_on", "observed_by", "files"},
    "requirement": {"title", "provider", "minutes", "expiry"},
    "role": {"assigned_on", "confirmed_on"},
}
COLUMNS = Columns(("portal_id", "email", "home", "role"), ("home", "role"), (("portal_id", "email"),))


@pytest.mark.parametrize(
    ("header", "code", "message", "hint"),
    [
        ("portal_id,hme,role", "unknown-column", "'hme' is not a column", "Did you mean home?"),
        ("portal_id,Hme ,role", "unknown-column", "'Hme' is not a column", "Did you mean home?"),
        (
            "portal_id,home,role,colour",
            "unknown-column",
            "'colour'",
            "Use one of: portal_id, email, home, role.",
        ),
        ("portal_id,home,,role", "unknown-column", "column 3 is not a column", "Use one of: "),
        (
            "portal_id,Facility,Home,role",
            "duplicate-column",
            "The columns 'Facility' and 'Home' would both be home.",
            "Leave one of them aside: --map 'Home='",
        ),
        ("portal_id,role", "missing-column", "has no column home", "Name the columns on the first line: "),
        ("portal_id", "missing-column", "has no column home, role", "Name the columns on the first line: "),
        (
            "home,role",
            "missing-column",
            "has no column portal_id or email",
            "Name the columns on the first line: ",
        ),
    ],
)
def test_a_wrong_header_is_told_with_what_was_meant(header: str, code: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        Layout(header.split(","), COLUMNS)
    assert (caught.value.exit_code, caught.value.code) == (2, code)
    assert message in caught.value.message
    assert caught.value.hint.startswith(hint)


def test_all_wrong_columns_are_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        Layout(["Home", "Portal ID", "Emial", "Shoe size", "Hire Date", "Phone", "k1@example.org"], COLUMNS)
    assert "'Emial', 'Shoe size', 'Hire Date', 'Phone', column 7." in caught.value.message
    suggested, hint = caught.value.hint.splitlines()
    assert suggested == "'Emial': Did you mean email?"
    assert "--map 'Shoe size=' --map 'Hire Date=' --map 'Phone='" in hint
    assert "--ignore-unknown" in hint


def test_a_file_without_a_header_does_not_tell_whose_birthday_it_is() -> None:
    with pytest.raises(UsageError) as caught:
        Layout(["Doe", "1962-03-04", "1000"], COLUMNS)
    assert "1962" not in caught.value.message + caught.value.hint


def test_rows_are_put_into_the_order_of_the_import() -> None:
    layout = Layout(["message", "Role", "line", "email", "home", "error"], COLUMNS)
    values = layout.arrange(["m", "psw", "7", "a@example.org", "maple-grove", "e", ""])
    assert values == ("", "a@example.org", "maple-grove", "psw")
    assert layout.present == ("email", "home", "role")


def test_one_column_is_as_good_as_many() -> None:
    layout = Layout(["code"], Columns(("code",), ("code",)))
    assert layout.arrange(["x", ""]) == ("x",)


def test_a_known_column_may_have_the_name_of_a_rejects_column(read: Callable) -> None:
    found = read("line,title\n4,x\n", columns=Columns(("title", "line")))
    assert found.rows == [(2, ("x", "4"))]


@pytest.mark.parametrize("noun", ["account", "catalog", "course", "home", "record", "requirement", "role"])
def test_the_help_of_an_import_names_its_columns(noun: str, carepass: Carepass) -> None:
    columns = import_module(f"carepass_cli.services.imports.{noun}").COLUMNS
    told = set(
        re.findall(r"\w+", carepass(noun, "import", "--help").out.split("Columns:")[1].split("\n\n")[0])
    )
    assert {*columns.required} <= told
    assert all({*group} & told for group in columns.either)
    assert set(columns.known) - told <= NOT_TAKEN[noun]
    assert not told & NOT_TAKEN[noun]

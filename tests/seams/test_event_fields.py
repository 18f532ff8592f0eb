"""Every field of what happens with people (an assignment, waiver, leave, line of a cart), as the schema
declares it: said, listed, exported, kept, undone, erased."""

import sqlite3
from contextlib import closing
from typing import NamedTuple

import pytest

from carepass_cli.clock import Clock
from carepass_cli.commands.complete import FIELDS
from carepass_cli.rules.noun import Field, Noun
from carepass_cli.rules.nouns.assignment import ASSIGNMENT
from carepass_cli.rules.nouns.cart_line import CART_LINE
from carepass_cli.rules.nouns.leave import LEAVE
from carepass_cli.rules.nouns.waiver import WAIVER
from carepass_cli.store.rows.nouns import assignment, cart_line, leave, line, message, waiver
from tests.conftest import Carepass, person
from tests.seams.test_fields import texts_of


@pytest.fixture
def carepass(home: Carepass) -> Carepass:
    return home


class Event(NamedTuple):
    """How one of what happens with people is written, and where it is listed, with the keys that it has."""

    noun: Noun
    write: tuple[str, ...]
    list: tuple[str, ...]
    keys: tuple[str, ...]


ASSIGN = ("role", "assign", "1000", "--home", "maple-grove", "--role", "psw", "--unverified")
EVENTS = (
    Event(ASSIGNMENT, ASSIGN, ("role", "assignments"), assignment.KEYS),
    Event(WAIVER, ("requirement", "waive", "1000", "IPAC-101"), ("requirement", "waivers"), waiver.KEYS),
    Event(LEAVE, ("account", "leave", "1000", "--from", "2026-11-20"), ("account", "leaves"), leave.KEYS),
)
OF_EVENTS = [(event, field) for event in EVENTS for field in event.noun.written if field.has_option]


@pytest.mark.on_file
@pytest.mark.parametrize(("event", "field"), OF_EVENTS, ids=lambda each: getattr(each, "name", ""))
def test_what_is_said_of_an_event_is_listed_exported_taken_back_and_goes(
    event: Event, field: Field, carepass: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clock, "real_day", property(lambda clock: clock.today))
    person(carepass)
    texts = {
        each.name: texts_of(each)[0] for each in event.noun.written if each.has_option and each.is_required
    }
    texts[field.name] = text = texts_of(field)[0]
    words = [word for name, text in texts.items() for word in (f"--{name.replace('_', '-')}", text)]

    def listed() -> list[object]:
        rows = carepass.rows(*event.list)
        assert all(list(row) == list(event.keys) for row in rows)
        return [row[field.name] for row in rows]

    first = carepass.rows(*event.write, *words)
    assert (first["result"], first[field.name]) == ("created", field.value(text, field.name))
    assert carepass.rows(*event.write, *words)["result"] == "unchanged"
    assert listed() == [first[field.name]]
    carepass("audit", "undo", str(first["change"]), "--yes")
    assert listed() == []
    carepass(*event.write, *words)
    assert text in carepass("account", "export", "1000").out
    if field.choices:
        return  # a word is nobody's own
    carepass("account", "deactivate", "1000", "--reason", "left")
    carepass("account", "erase", "1000", "--yes", today="2040-01-01")
    with closing(sqlite3.connect(carepass.db)) as store:
        assert not any(text in line for line in store.iterdump())


@pytest.mark.parametrize("field", ASSIGNMENT.written, ids=lambda each: each.name)
def test_what_a_file_says_of_an_assignment_is_kept_until_it_says_something_else(
    field: Field, carepass: Carepass
) -> None:
    person(carepass)
    carepass(*ASSIGN)

    def load(text: str) -> dict[str, object]:
        rows = f"portal_id,home,role,{field.name}\n1000,maple-grove,psw,{text}\n"
        return dict(carepass("role", "import", "-", "--unverified", "-o", "json", input=rows).json)

    def listed() -> object:
        (row,) = carepass.rows("role", "assignments")
        return row[field.name]

    for text in texts_of(field)[:2]:
        assert load(text)["updated"] == 1
        assert listed() == str(field.value(text, field.name))
        assert load(text)["unchanged"] == 1
        assert load("")["unchanged"] == 1
    assert listed() == text
    log = carepass.rows("audit", "list", "--subject", "assignment")
    assert [row["action"] for row in log] == ["assign", "restart", "restart"]


@pytest.mark.parametrize("field", CART_LINE.written, ids=lambda each: each.name)
def test_what_is_said_of_a_line_of_a_cart_is_there_until_it_is_said_otherwise(
    field: Field, carepass: Carepass
) -> None:
    person(carepass)
    carepass(*ASSIGN, "--confirm")

    def load(text: str) -> dict[str, object]:
        rows = f"portal_id,code,{field.name}\n1000,IPAC-101,{text}\n"
        return dict(carepass("cart", "import", "-", "-o", "json", input=rows).json)

    def inside() -> object:
        (row,) = carepass.rows("cart", "show", "1000")["lines"]
        assert list(row) == list(cart_line.KEYS)
        return row[field.name]

    made = carepass.rows("cart", "add", "1000", "IPAC-101")[0]
    assert made[field.name] == inside() == field.default
    text = "yes" if field.parse else texts_of(field)[0]
    assert load(text)["updated"] == 1
    assert inside() == field.value(text, field.name)
    assert load(text)["unchanged"] == 1
    assert carepass.rows("cart", "add", "1000", "IPAC-101")[0]["result"] == "updated"
    assert inside() == field.default


LISTS = {
    "role assignments": assignment.KEYS,
    "requirement waivers": waiver.KEYS,
    "account leaves": leave.KEYS,
    "notify list": message.KEYS,
    "cart history": line.HISTORY_KEYS,
    "submission list": line.SUBMISSION_KEYS,
    "registration list": line.REGISTRATION_KEYS,
}


def test_a_list_has_the_keys_that_are_declared_of_what_it_lists() -> None:
    known = dict(told.split(": ", 1) for told in FIELDS.read_text(encoding="utf-8").splitlines())
    assert {name: tuple(known[name].split()) for name in LISTS} == LISTS

"""Every field of every noun, as the schema declares it: made, made again, changed, cleared, listed, imported,
undone, exported, erased, proven. A new field is in here without being named."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pytest

from carepass_cli.clock import Clock
from carepass_cli.errors import CarepassError
from carepass_cli.rules.noun import Field, Noun
from carepass_cli.rules.nouns import ACCOUNT, COURSE, HOME, RECORD, REQUIREMENT, ROLE
from carepass_cli.store.queries.dossier import INNER, SECTIONS
from carepass_cli.store.rows.tables import TABLES, row_class
from tests.conftest import Carepass, person

# Texts of which each field takes at least two.
TEXTS = (
    *("Quill Alder", "Wren Birch", "4711", "4812", "q.alder@example.org", "w.birch@example.org"),
    *("1971-02-03", "1982-03-04", "45d", "3mo", "40", "50", "expiry", "03-31", "12-31"),
)


class Made(NamedTuple):
    """How one of a noun is made: the words that name it, and what it needs besides the field in question."""

    noun: Noun
    words: tuple[str, ...]
    needs: dict[str, str]


MADE = {
    "account": Made(
        ACCOUNT,
        ("1000",),
        {"first_name": "Ana", "last_name": "Doe", "birthdate": "1990-05-17", "email": "ana@example.org"},
    ),
    "home": Made(HOME, ("elm-court",), {"name": "Elm Court"}),
    "role": Made(ROLE, ("maple-grove", "rn"), {"name": "Nurse"}),
    # Only with a day of the year there is a least span.
    "course": Made(
        COURSE,
        ("A-1",),
        {"title": "A", "provider": "P", "minutes": "30", "renewal": "06-30", "method": "online"},
    ),
}


class Case(NamedTuple):
    """A field of a noun, and two of its values as they are typed."""

    made: Made
    field: Field
    one: str
    other: str

    @property
    def flag(self) -> str:
        return f"--{self.field.name.replace('_', '-')}"

    @property
    def others(self) -> list[str]:
        """The options that one needs besides, to be made."""
        needs = {name: text for name, text in self.made.needs.items() if name != self.field.name}
        return [word for name, text in needs.items() for word in (f"--{name.replace('_', '-')}", text)]

    def create(self, carepass: Carepass, text: str, code: int = 0) -> dict[str, object]:
        words = () if self.made.noun is ACCOUNT else self.made.words
        words = (*words, *self.others, self.flag, text)
        ran = carepass(self.made.noun.name, "create", *words, "-o", "json", code=code)
        return dict(ran.error if code else ran.json)

    def edit(self, carepass: Carepass, text: str, code: int = 0) -> dict[str, object]:
        words = (*self.made.words, self.flag, text)
        ran = carepass(self.made.noun.name, "edit", *words, "-o", "json", code=code)
        return dict(ran.error if code else ran.json)

    def shown(self, carepass: Carepass) -> object:
        """The field's public value, from where it stands: `show` (of a role `list`)."""
        if self.made.noun is ROLE:
            at, code = self.made.words
            (row,) = (each for each in carepass.rows("role", "list", "--home", at) if each["role"] == code)
            return row[self.field.name]
        more = ["--with-birthdate"] if self.field.is_apart else []
        return carepass.rows(self.made.noun.name, "show", *self.made.words, *more).get(self.field.name)

    def public(self, text: str) -> object:
        """What is shown of a value that was typed as `text`."""
        value = self.field.value(text, self.field.name)
        value = self.field.show(value) if self.field.show else value
        return str(value) if self.field.is_apart else value


def _cases() -> Iterator[Case]:
    for made in MADE.values():
        for field in made.noun.written:
            # A category follows from length and method: there are never two that fit.
            if field.has_option and field.name != "category":
                yield Case(made, field, *texts_of(field)[:2])


def texts_of(field: Field) -> list[str]:
    found = []
    for text in field.choices or TEXTS:
        try:
            if field.value(text, field.name) != field.default:
                found.append(text)
        except CarepassError:
            continue
    return found if len(found) > 1 else [*found, str(field.default)]


CASES = list(_cases())


def _id(case: Case) -> str:
    return f"{case.made.noun.name}-{case.field.name}"


CHANGED = [case for case in CASES if not case.field.is_first]
each_field = pytest.mark.parametrize("case", CASES, ids=_id)
each_changed = pytest.mark.parametrize("case", CHANGED, ids=_id)
IN_FILES = [case for case in CHANGED if case.made.noun is not ROLE and not case.field.is_apart]
OF_PEOPLE = [case for case in CASES if case.made.noun is ACCOUNT]
SETTINGS = [field for field in HOME.fields if field.is_setting]


@pytest.fixture
def carepass(home: Carepass) -> Carepass:
    return home


@each_field
def test_one_is_made_once(case: Case, carepass: Carepass) -> None:
    made = case.create(carepass, case.one)
    assert made["result"] == "created"
    assert list(made)[1:-1] == list(case.made.noun.keys)
    if not case.field.is_key:
        assert case.field.name not in made
    case = _named(case, made)
    assert case.shown(carepass) == case.public(case.one)
    again = case.create(carepass, case.one)
    assert (again["result"], again["change"]) == ("unchanged", None)
    refused = case.create(carepass, case.other, code=4)["code"]
    assert str(refused).endswith(("-in-use", "possible-duplicate"))
    assert case.shown(carepass) == case.public(case.one)


def _named(case: Case, made: dict[str, object]) -> Case:
    """The case with the words that name what was made."""
    if case.made.noun is not ACCOUNT:
        return case
    return case._replace(made=case.made._replace(words=(str(made["portal_id"]),)))


@each_changed
def test_what_is_changed_is_seen_and_taken_back(case: Case, carepass: Carepass) -> None:
    case.create(carepass, case.one)
    before = case.edit(carepass, case.other)
    assert before["result"] == "updated"
    assert case.shown(carepass) == case.public(case.other)
    if case.field.is_key:
        rows = list(csv.DictReader(io.StringIO(carepass(case.made.noun.name, "list", "-o", "csv").out)))
        assert str(case.public(case.other)) in [row[case.field.name] for row in rows]
    again = case.edit(carepass, case.other)
    assert (again["result"], again["change"]) == ("unchanged", None)
    carepass("audit", "undo", str(before["change"]), "--yes")
    assert case.shown(carepass) == case.public(case.one)
    carepass("audit", "verify")


@each_changed
def test_an_empty_text_takes_away_what_may_be_absent(case: Case, carepass: Carepass) -> None:
    case.create(carepass, case.one)
    if case.field.is_required:
        refused = case.edit(carepass, "", code=2)
        assert refused["message"] == f"{case.flag} is empty."
        assert case.shown(carepass) == case.public(case.one)
    else:
        assert case.edit(carepass, "")["result"] == "updated"
        assert case.shown(carepass) == (case.public("") if case.field.is_key else None)
        assert case.edit(carepass, "")["result"] == "unchanged"


@pytest.mark.parametrize("case", IN_FILES, ids=_id)
def test_a_file_says_the_same_as_an_option(case: Case, carepass: Carepass) -> None:
    case.create(carepass, case.one)
    noun = case.made.noun
    key = "portal_id" if noun is ACCOUNT else "code"
    needs = {"email": "", "first_name": "", "last_name": ""} if noun is ACCOUNT else {}
    named = {**needs, key: case.made.words[0], case.field.name: case.other}

    def load(values: dict[str, str]) -> dict[str, object]:
        text = f"{','.join(values)}\n{','.join(values.values())}\n"
        return dict(carepass(noun.name, "import", "-", "-o", "json", input=text).json)

    assert load(named)["updated"] == 1
    assert case.shown(carepass) == case.public(case.other)
    assert load(named)["unchanged"] == 1
    # A blank leaves a value as it is; only of a validity it says that there is none.
    blank = load({**named, case.field.name: ""})
    assert blank["updated" if case.field.name == "validity_years" else "unchanged"] == 1
    log = carepass.rows("audit", "list", "--subject", noun.name)
    assert {row["action"] for row in log} == {"create", "edit"}


@pytest.mark.parametrize("field", SETTINGS, ids=lambda field: field.name)
def test_the_next_home_of_a_chain_is_like_the_first(field: Field, carepass: Carepass) -> None:
    words = ("--close", "2026-12-24")
    if field.has_option:
        words = (f"--{field.name.replace('_', '-')}", texts_of(field)[0])
    carepass("home", "edit", "maple-grove", *words)
    made = carepass.rows("home", "create", "elm-court", "--name", "Elm Court", "--like", "maple-grove")
    assert made[field.name] == carepass.rows("home", "show", "maple-grove")[field.name]


@pytest.mark.parametrize(
    "field", [each for each in RECORD.written if each.has_option], ids=lambda each: each.name
)
def test_what_is_said_of_a_record_is_said_by_a_file_too(field: Field, carepass: Carepass) -> None:
    person(carepass)
    flag = f"--{field.name.replace('_', '-')}"
    by_hand = carepass.rows("record", "add", "1000", "IPAC-101", "--on", "2026-11-20", flag, "Quill Alder")
    text = f"portal_id,code,completed_on,{field.name}\n1000,IPAC-101,2026-11-19,Quill Alder\n"
    carepass("record", "import", "-", input=text)
    listed = carepass.rows("record", "list", "1000")
    assert [each[field.name] for each in (by_hand, *listed)] == ["Quill Alder"] * 3
    assert [list(each) for each in listed] == [list(RECORD.keys)] * 2
    too_long = "x" * (field.most + 1)
    error = carepass(
        "record", "add", "1000", "IPAC-101", "--on", "2026-11-18", flag, too_long, "-o", "json", code=2
    ).error
    assert f"at most {field.most} are kept" in str(error["message"])


@pytest.mark.parametrize("field", REQUIREMENT.written, ids=lambda each: each.name)
def test_what_is_said_of_a_requirement_is_kept_until_it_is_taken_away(
    field: Field, carepass: Carepass
) -> None:
    said = {"required_from": "2026-11-20", "due": "45d", "employer_pays": "no", "citation": "Act s. 7"}[
        field.name
    ]
    place = ("--home", "maple-grove", "--role", "psw")
    carepass("requirement", "add", "IPAC-101", *place)

    def load(values: dict[str, str]) -> dict[str, object]:
        named = {"home": "maple-grove", "role": "psw", "code": "IPAC-101", **values}
        text = f"{','.join(named)}\n{','.join(named.values())}\n"
        return dict(carepass("requirement", "import", "-", "-o", "json", input=text).json)

    def listed() -> object:
        (row,) = carepass.rows(
            "requirement", "list", "--home", "maple-grove", "--role", "psw", "--search", "IPAC"
        )
        assert list(row) == list(REQUIREMENT.keys)
        return row[field.name]

    before = listed()
    assert load({field.name: said})["updated"] == 1
    kept = listed()
    assert kept != before
    assert load({field.name: said})["unchanged"] == 1
    assert load({field.name: ""})["unchanged"] == 1
    assert listed() == kept
    if field.has_option:
        flag = f"--{field.name.replace('_', '-')}"
        assert carepass.rows("requirement", "add", "IPAC-101", *place, flag, "")[0]["result"] == "updated"
        assert listed() == field.default


@pytest.mark.on_file
@pytest.mark.parametrize("case", OF_PEOPLE, ids=_id)
def test_what_is_held_of_a_person_is_exported_and_goes(
    case: Case, carepass: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clock, "real_day", property(lambda clock: clock.today))
    made = case.create(carepass, case.one)
    case = _named(case, made)
    if not case.field.is_first:
        case.edit(carepass, case.other)
    who = case.made.words[0]
    held = carepass("account", "export", who, "--with-birthdate").out
    texts = {case.one} if case.field.is_first else {case.one, case.other}
    # Of a birthdate there is only the one that is right.
    texts = {case.other} if case.field.is_apart else texts
    assert all(text in held for text in texts)
    carepass("account", "erase", who, "--yes", today="2040-01-01")
    if case.field.is_first or case.field.choices:
        return  # by its ID an account is known for ever, and a word is nobody's own
    with closing(sqlite3.connect(carepass.db)) as store:
        assert not any(text in line for line in store.iterdump() for text in (case.one, case.other))


@pytest.mark.on_file
@each_changed
def test_a_value_that_was_changed_past_the_program_is_found(case: Case, carepass: Carepass) -> None:
    case.create(carepass, case.one)
    tables = (f"{case.made.noun.name}_version", "account_identity")
    with closing(sqlite3.connect(carepass.db)) as store:
        for table in tables:
            columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
            if case.field.column in columns:
                value = case.field.value(case.other, case.field.name)
                newest = f"(SELECT MAX(rowid) FROM {table})"
                sql = f"UPDATE {table} SET {case.field.column} = ? WHERE rowid = {newest}"
                store.execute(sql, (str(value) if case.field.is_apart else value,))
        store.commit()
    assert "changed outside carepass" in carepass("audit", "verify", code=6).err


def test_an_export_tells_of_every_table_that_is_about_people() -> None:
    of_people = {name for name in TABLES if "account_id" in row_class(name)._fields}
    # The birthdate is told only where it is asked for; a submission is told with its lines.
    assert of_people - {"account_identity", "submission"} <= {each.table for each in SECTIONS.values()}
    for section in SECTIONS.values():
        told = {sql.partition(".")[2].strip('"') for sql in section.columns.values()}
        untold = {*row_class(section.table)._fields} - told
        assert {name for name in untold if not name.endswith("_id")} <= {*INNER}

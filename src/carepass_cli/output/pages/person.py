"""One person's training on a page to hand over: to a supervisor, or to the person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from carepass_cli.output.pages.draw import page_file
from carepass_cli.output.pages.matrix import legend
from carepass_cli.output.pages.page import Block, Cell, Figure, Figures, Head, Notes, Page, Section, Sheet
from carepass_cli.output.pages.words import Words
from carepass_cli.rules.compliance import percent

# Problems before order.
URGENCY = ("overdue", "expired", "expiring", "not-started", "valid", "waived")
Item = Mapping[str, object]


def person_file(
    about: Mapping[str, object], today: date, output: str, language: str, prepared_by: str
) -> bytes:
    """The page as `html` or `pdf`."""
    return page_file(person_page(about, today, language, prepared_by), output)


def person_page(about: Mapping[str, object], today: date, language: str, prepared_by: str) -> Page:
    """The page of what `report person` prints: `account` and the lists beside it, under their keys."""
    say = Words(language)
    account = _item(about, "account")
    roles, required = _items(about, "roles"), _items(about, "requirements")
    required = sorted(
        required,
        key=lambda each: (URGENCY.index(str(each["status"])), str(each["due_on"]), str(each["code"])),
    )
    name = f"{account['first_name']} {account['last_name']}"
    known = [f"{say('Portal ID')} {account['portal_id']}"]
    if account.get("employee_number"):
        known.append(f"{say('Employee number')} {account['employee_number']}")
    sections = [
        Section("", [_figures(say, required), legend(say)]),
        Section(say("What is required"), [_required(say, required)]),
        *_listed(say, about),
        Section(say("Roles"), [_roles(say, roles)]),
    ]
    return Page(
        language,
        say("Training of one person"),
        name,
        " · ".join(known),
        today,
        prepared_by,
        sections,
        say.of_page(),
    )


def _item(about: Mapping[str, object], key: str) -> Item:
    value = about[key]
    assert isinstance(value, Mapping)
    return value


def _items(about: Mapping[str, object], key: str) -> list[Item]:
    value = about[key]
    assert isinstance(value, Sequence)
    return list(value)


def _figures(say: Words, required: Sequence[Item]) -> Figures:
    # A course that several roles require is one.
    statuses = Counter({str(each["code"]): str(each["status"]) for each in reversed(required)}.values())
    held = statuses["valid"] + statuses["expiring"]
    asked = sum(statuses.values()) - statuses["waived"]
    ends = sorted(
        str(each["expires_on"])
        for each in required
        if each["status"] in ("valid", "expiring") and each["expires_on"]
    )
    return Figures(
        [
            Figure(
                say.percent(percent(held, asked)),
                say("of what is required is valid"),
                say.part(held, asked),
            ),
            *(
                Figure(say.count(statuses[status]), say(label), say(note), status if statuses[status] else "")
                for status, label, note in (
                    ("overdue", "Overdue", "never done, and past due"),
                    ("expired", "Expired", "ran out"),
                    ("expiring", "Expiring", "the last day is near"),
                )
            ),
            Figure(ends[0] if ends else say("n/a"), say("Next last day"), say("of what is valid now")),
        ]
    )


def _required(say: Words, required: Sequence[Item]) -> Sheet:
    return Sheet(
        say("Most urgent first."),
        _heads(
            say, ("Course", "Status", "Due", "Completed", "Last valid day", "Role"), wide=("Course", "Role")
        ),
        [
            [
                Cell(f"{each['title']} ({each['code']})"),
                Cell(say.status(str(each["status"])), str(each["status"])),
                _plain(each["due_on"]),
                _plain(each["completed_on"]),
                _plain(each["expires_on"]),
                Cell(f"{each['role']}, {each['home']}"),
            ]
            for each in required
        ],
        say("Nothing is required yet."),
    )


def _listed(say: Words, about: Mapping[str, object]) -> list[Section]:
    """Records always; the other lists where they have a row."""
    sections = [
        Section(
            say("Records"),
            [
                _sheet(
                    say,
                    _items(about, "records"),
                    {
                        "Course": "title",
                        "Code": "code",
                        "Completed": "completed_on",
                        "Last valid day": "expires_on",
                        "Provider": "provider",
                        "Checked by": "verified_by",
                        "Void since": "voided_on",
                    },
                    say("No completion is recorded."),
                )
            ],
        )
    ]
    for title, key, columns in (
        (
            "Registrations",
            "registrations",
            {
                "Course": "title",
                "Line": "line",
                "Status": "status",
                "Access": "access_on",
                "Complete by": "complete_by",
                "Completed": "completed_on",
            },
        ),
        (
            "Waivers",
            "waivers",
            {"Course": "title", "Code": "code", "Reason": "reason", "From": "from_on", "Until": "until_on"},
        ),
        ("Leaves", "leaves", {"Reason": "reason", "From": "from_on", "Until": "until_on"}),
    ):
        if items := _items(about, key):
            sections.append(Section(say(title), [_sheet(say, items, columns, "")]))
    return sections


def _roles(say: Words, roles: Sequence[Item]) -> Block:
    if not roles:
        return Notes([say("No role.")])
    columns = {"Role": "role", "Home": "home", "Status": "status", "From": "start_on", "Until": "ended_on"}
    return _sheet(say, roles, columns, "")


def _sheet(say: Words, items: Sequence[Item], columns: Mapping[str, str], empty: str) -> Sheet:
    """A table of `items` under named columns, the first and those in which something stands."""
    first = next(iter(columns))
    kept = {
        name: key for name, key in columns.items() if name == first or any(item.get(key) for item in items)
    }
    heads = _heads(say, tuple(kept), wide=(first,))
    rows = [[_value(say, key, item.get(key)) for key in kept.values()] for item in items]
    return Sheet("", heads, rows, empty)


def _value(say: Words, key: str, value: object) -> Cell:
    return Cell(say.status(str(value))) if key == "status" else _plain(value)


def _heads(say: Words, names: Sequence[str], wide: Sequence[str]) -> list[Head]:
    return [Head(say(name), wide=name in wide) for name in names]


def _plain(value: object) -> Cell:
    return Cell("" if value is None else str(value))

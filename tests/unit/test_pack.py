"""Packs of topics: reading them, and holding them against what a role requires."""

from dataclasses import replace
from datetime import date

import pytest

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.law import Asked, Step, compare
from carepass_cli.rules.pack import Checked, Pack, Topic, parse_pack

HEAD = '[pack]\nname = "law"\nversion = "1"\ntitle = "The law"\n'
WHOLE = (
    HEAD
    + """
[[topic]]
code = "FIRE"
title = "Fire"
title_fr = "Incendie"
groups = ["direct-care", "volunteer"]
due = "before-start"
validity_years = 1
minutes = 30
citation = "Act s. 1"
checked = {by = "A. Clerk", on = 2026-11-01, source = "the Act as of 2026"}
in_force_from = 2026-01-01
in_force_until = 2027-12-31

[[topic]]
code = "RIGHTS"
title = "Rights"
groups = ["all"]
citation = "Act s. 2"
"""
)


def test_a_pack_as_it_is_written() -> None:
    fire = Topic(
        "FIRE", "Fire", "Incendie", ("direct-care", "volunteer"), "before-start", 1, 30, "Act s. 1",
        Checked("A. Clerk", date(2026, 11, 1), "the Act as of 2026"), date(2026, 1, 1), date(2027, 12, 31),
    )  # fmt: skip
    rights = Topic("RIGHTS", "Rights", citation="Act s. 2")
    assert parse_pack(WHOLE, "law.toml") == Pack("law", "1", "The law", (fire, rights))
    assert parse_pack(HEAD, "law.toml").topics == ()


def test_nothing_unchecked_is_shown_as_checked() -> None:
    fire, rights = parse_pack(WHOLE, "law.toml").topics
    assert fire.marked == "Act s. 1"
    assert str(fire.checked) == "A. Clerk, 2026-11-01: the Act as of 2026"
    assert rights.marked == "Act s. 2 (to be checked against the law)"
    assert replace(rights, citation=None).marked is None


TOPIC = HEAD + '[[topic]]\ncode = "FIRE"\n'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[pack\n", "line 1"),
        ("a = 1\n", "law.toml, a: this key is not known"),
        ("", "law.toml, pack: this is missing"),
        ('[pack]\nname = "law"\nversion = 1\n', "pack.version: this is not text"),
        ('[pack]\nname = "law"\nversion = "1"\n', "pack.title: this is missing"),
        ('[pack]\nname = "The Law"\nversion = "1"\ntitle = "x"\n', "pack.name 'The Law'"),
        (HEAD.replace('"1"', '""'), "pack.version"),
        ('topic = [1]\n' + HEAD, "topic 1: this is not a table"),
        (HEAD + "[[topic]]\n", "topic 1: code: this is missing"),
        (TOPIC, "topic 1 (FIRE): title: this is missing"),
        (TOPIC + 'colour = "red"\n', "topic 1 (FIRE): colour: this key is not known"),
        (TOPIC + 'title = "a"\ndue = "soon"\n', "topic 1 (FIRE): due 'soon'"),
        (TOPIC + 'title = "a"\ndue = 30\n', "due: this is not text"),
        (TOPIC + 'title = "a"\nminutes = true\n', "minutes: this is not a whole number"),
        (TOPIC + 'title = "a"\nminutes = 0\n', "topic 1 (FIRE): minutes '0'"),
        (TOPIC + 'title = "a"\nvalidity_years = "1"\n', "validity_years: this is not a whole number"),
        (TOPIC + 'title = "a"\ngroups = "all"\n', "groups: this is not a list"),
        (TOPIC + 'title = "a"\ngroups = ["nurses"]\n', "groups: 'nurses' is no staff group"),
        (TOPIC + 'title = "a"\ngroups = ["all", "dietary"]\n', "groups: 'all' is no staff group"),
        (TOPIC + 'title = "a"\nin_force_from = "2026-01-01"\n', "in_force_from: this is not a day"),
        (TOPIC + 'title = "a"\nin_force_from = 2026-01-01T00:00:00\n', "in_force_from: this is not a day"),
        (TOPIC + 'title = "a"\nin_force_from = 2300-01-01\n', "in_force_from 2300-01-01"),
        (
            TOPIC + 'title = "a"\nin_force_from = 2026-02-01\nin_force_until = 2026-01-31\n',
            "in_force_until: 2026-01-31 is before in_force_from, 2026-02-01",
        ),
        (TOPIC + 'title = "a"\nchecked = {by = "me", on = 2026-01-01}\n', "checked.source: this is missing"),
        (TOPIC + 'title = "a"\nchecked = {by = "me", source = "x"}\n', "checked.on: this is missing"),
        (TOPIC + 'title = "a"\nchecked = true\n', "checked: this is not a table"),
        (
            TOPIC + 'title = "a"\n[[topic]]\ncode = "FIRE"\ntitle = "b"\n',
            "topic 2: the code FIRE is that of topic 1",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_names_the_line_or_the_key(text: str, named: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_pack(text, "law.toml")
    assert named in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("groups", "group", "must"),
    [
        ((), None, True),
        ((), "volunteer", True),
        (("direct-care",), "direct-care", True),
        (("direct-care",), "dietary", False),
        (("direct-care",), None, False),
        (("direct-care", "registered", "allied", "dietary", "environmental", "administration"), None, True),
        (("direct-care", "registered", "allied", "dietary", "environmental"), None, False),
    ],
)
def test_who_must_hold_a_topic(groups: tuple[str, ...], group: str | None, must: bool) -> None:
    assert Topic("A", "A", groups=groups).is_for(group) is must


TODAY, JULY = date(2026, 11, 21), date(2027, 7, 1)
FIRE = Topic("FIRE", "Fire", due="before-start", validity_years=1, citation="Act s. 1")
UNCHECKED = "Act s. 1 (to be checked against the law)"
ASKED = Asked("FIRE", "Fire", "before-start", UNCHECKED, 1, date(2026, 3, 1), pack="law")


def held_against(topic: Topic | None, *asked: Asked, group: str | None = None) -> list[Step]:
    return compare(Pack("law", "2", "The law", (topic,) if topic else ()), group, asked, TODAY)


def test_what_is_new_is_added() -> None:
    (step,) = held_against(FIRE)
    assert (step.change, step.effective_on, step.before) == ("add", TODAY, None)
    assert step.after == (
        "due before-start; expiry 1 years; citation Act s. 1 (to be checked against the law);"
        " until further notice; from 2026-11-21"
    )
    (ahead,) = held_against(replace(FIRE, due=None, in_force_from=JULY, in_force_until=date(2027, 12, 31)))
    assert (ahead.change, ahead.effective_on) == ("add", JULY)
    assert "due 30d" in str(ahead.after)
    assert "until 2027-12-31; from 2027-07-01" in str(ahead.after)


def test_what_is_there_is_the_same_whatever_the_home_calls_it() -> None:
    (step,) = held_against(FIRE, replace(ASKED, title="Fire at our home"))
    assert (step.change, step.title) == ("same", "Fire")
    assert step.before == step.after
    (left_open,) = held_against(replace(FIRE, due=None), replace(ASKED, due="14d"))
    assert left_open.change == "same"


@pytest.mark.parametrize(
    ("topic", "before", "after"),
    [
        (replace(FIRE, due="30d"), "due before-start", "due 30d"),
        (replace(FIRE, validity_years=None), "expiry 1 years", "expiry once"),
        (
            replace(FIRE, citation="Act s. 9"),
            "citation Act s. 1 (to be checked against the law)",
            "citation Act s. 9 (to be checked against the law)",
        ),
        (
            replace(FIRE, checked=Checked("me", TODAY, "the Act")),
            "citation Act s. 1 (to be checked against the law)",
            "citation Act s. 1",
        ),
        (replace(FIRE, in_force_until=JULY), "until further notice", "until 2027-07-01"),
    ],
)
def test_what_differs_is_edited_from_its_own_day_on(topic: Topic, before: str, after: str) -> None:
    (step,) = held_against(topic, ASKED)
    assert (step.change, step.before, step.after) == ("edit", before, f"{after}; from 2026-11-21")
    (ahead,) = held_against(replace(topic, in_force_from=date(2026, 12, 1)), ASKED)
    assert (ahead.effective_on, ahead.after) == (date(2026, 12, 1), f"{after}; from 2026-12-01")


def test_a_day_ahead_alone_changes_nothing() -> None:
    assert held_against(replace(FIRE, in_force_from=JULY), ASKED)[0].change == "same"


@pytest.mark.parametrize(
    ("in_force_from", "effective_on"),
    [(date(2026, 7, 1), date(2026, 7, 1)), (date(2026, 1, 1), date(2026, 3, 1))],
)
def test_a_law_since_a_past_day_holds_from_it_but_not_before_what_it_takes_the_place_of(
    in_force_from: date, effective_on: date
) -> None:
    (step,) = held_against(replace(FIRE, due="30d", in_force_from=in_force_from), ASKED)
    assert (step.change, step.effective_on) == ("edit", effective_on)


def test_what_the_pack_lacks_now_ends_and_what_is_not_its_own_stays() -> None:
    own, other, by_hand = ASKED, replace(ASKED, code="X", pack="policy"), replace(ASKED, code="Y", pack=None)
    assert held_against(None, own, other, by_hand) == [
        Step("FIRE", "Fire", "remove", held_against(FIRE, own)[0].before, None, None, TODAY)
    ]
    assert held_against(None, replace(own, until_on=TODAY)) == []
    assert [step.change for step in held_against(None, replace(own, until_on=JULY))] == ["remove"]


def test_a_topic_that_is_over_or_for_other_staff_ends() -> None:
    over = replace(FIRE, in_force_until=date(2026, 11, 20))
    assert held_against(over) == []
    assert [step.change for step in held_against(over, ASKED)] == ["remove"]
    nurses = replace(FIRE, groups=("registered",))
    assert held_against(nurses, group="dietary") == []
    assert [step.change for step in held_against(nurses, ASKED, group="dietary")] == ["remove"]
    assert [step.change for step in held_against(nurses, ASKED, group="registered")] == ["same"]


def test_its_last_day_in_force_still_counts() -> None:
    assert [step.change for step in held_against(replace(FIRE, in_force_until=TODAY))] == ["add"]


def test_what_ended_is_added_anew() -> None:
    assert [step.change for step in held_against(FIRE, replace(ASKED, until_on=TODAY))] == ["add"]
    soon = replace(ASKED, until_on=date(2026, 12, 31))
    assert [step.change for step in held_against(replace(FIRE, in_force_from=JULY), soon)] == ["add"]

"""Matching what an employer gives with what an account knows."""

from typing import NamedTuple

import pytest

from carepass_cli.rules.identity import Given, matches, same_name


class Person(NamedTuple):
    """What an account knows of a person."""

    last_name: str
    first_name: str
    birthdate: str


PERSON = Person("O'Brien", "Hélène", "1990-05-17")


@pytest.mark.parametrize(
    ("given", "does"),
    [
        (Given(), True),
        (Given("O'Brien", "Hélène", "1990-05-17"), True),
        (Given(birthdate="1990-05-17"), True),
        (Given(birthdate="1990-05-18"), False),
        (Given(last_name="obrien"), True),
        (Given(last_name="Bryan"), False),
        (Given(first_name="HELENE"), True),
        (Given(first_name="Helen"), False),
        (Given("O'Brien", "Hélène", "1990-05-18"), False),
        (Given("Bryan", "Hélène", "1990-05-17"), False),
        (Given("O'Brien", "Helen", "1990-05-17"), False),
    ],
)
def test_everything_given_must_be_true(given: Given, does: bool) -> None:
    assert matches(PERSON, given) is does


@pytest.mark.parametrize(
    ("given", "enough"),
    [
        (Given(), False),
        (Given(first_name="Hélène"), False),
        (Given(last_name="O'Brien"), True),
        (Given(birthdate="1990-05-17"), True),
    ],
)
def test_birthdate_or_last_name_is_enough(given: Given, enough: bool) -> None:
    assert given.enough is enough


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "OBRIEN"),
        ("O'Brien", "O’Brien"),
        ("O'Brien", "O`Brien"),
        ("D‘Souza", "dsouza"),
        ("Hélène", "Helene"),
        ("He\u0301le\u0300ne", "Hélène"),
        ("Saint-Jean", "Saint Jean"),
        ("Saint\u2011Jean", "saintjean"),
        ("Saint–Jean", "Saint\u2015Jean"),
        ("St. Clair", "St Clair"),
        ("Van  der\u00a0Berg", "VanDerBerg"),
        ("Weiß", "WEISS"),
    ],
)
def test_names_are_the_same_however_they_are_typed(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Roy", "Ray"), ("Li", "Lin"), ("-", "'"), ("-", ""), ("Li", "-")]
)
def test_other_names_are_other_names(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_name_of_nothing_but_punctuation_is_itself() -> None:
    assert same_name("-", "-")

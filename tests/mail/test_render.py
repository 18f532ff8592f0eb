"""What letters say: every kind, in every language, as text and as a page."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from carepass_cli.mail.render import KINDS, Part, compose, subject
from carepass_cli.rules.fields import LANGUAGES
from carepass_cli.rules.funding import REASONS
from tests.mail.conftest import compose_one

Params = dict[str, dict[str, Any]]
EVERY = [(kind, language) for kind in KINDS for language in LANGUAGES]


class Page(HTMLParser):
    """The words of a page's body, and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= dict(attrs)
        if tag == "body":
            self.words.clear()

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_both_parts_say_the_same(kind: str, language: str, params: Params) -> None:
    letter = compose_one(kind, language, params[kind])
    page = Page(letter.html)
    assert page.attributes["lang"] == language
    plain, shown = letter.text.replace("\n-- \n", "\n"), "".join(page.words)
    if kind == "digest":  # a list in one, a table in the other
        for fact in ("Tremblay,Hélène", "1001", "psw", "Infectionprevention(IPAC-101)", "2026-11-01", "20"):
            assert fact in "".join(plain.split())
            assert fact in shown
    else:
        assert shown == "".join(plain.split())


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_subject_is_the_same_with_and_without_templates(kind: str, language: str, params: Params) -> None:
    assert compose_one(kind, language, params[kind]).subject == subject(kind, language, params[kind])


def test_languages_differ(params: Params) -> None:
    for kind in KINDS:
        english, french = (compose_one(kind, language, params[kind]) for language in ("en", "fr"))
        assert english.subject != french.subject
        assert ("Hello" in english.text, "Bonjour" in french.text) == (True, True)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_footer_says_whose_tool_this_is(kind: str, language: str, params: Params) -> None:
    letter = compose_one(kind, language, params[kind])
    said = {"en": "not affiliated with Care Passport", "fr": "n’est pas affilié à Care Passport"}[language]
    assert said in letter.text
    assert said in letter.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "noun"), [("confirm-account", "account"), ("confirm-role", "role")])
def test_the_command_stands_alone_on_its_line(kind: str, noun: str, language: str, params: Params) -> None:
    letter = compose_one(kind, language, params[kind])
    for part in (letter.text, letter.html):
        assert part.splitlines().count(f"carepass {noun} confirm abcd2345efgh6789") == 1


@pytest.mark.parametrize(
    "hostile", ["<b>x</b>", "{{ 7*7 }}", "{% include 'x' %}", "{0.__class__}", "&amp;", "\"'"]
)
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_text_stays_text(kind: str, language: str, hostile: str, params: Params) -> None:
    def hostile_in(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: hostile_in(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [hostile_in(each) for each in value]
        return value if key in ("decision", "payer") or not isinstance(value, str) else hostile

    letter = compose_one(kind, language, hostile_in(params[kind]))
    usual = compose_one(kind, language, params[kind])
    assert hostile in letter.subject
    assert hostile in letter.text
    assert Page(letter.html).elements == Page(usual.html).elements
    assert hostile.split()[0] in " ".join(Page(letter.html).words)
    assert "49" not in letter.html


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_name_cannot_begin_a_line(end: str, params: Params) -> None:
    forged = f"Hélène{end}carepass role confirm evil{end}Bcc: everybody@example.org"
    named = {**params["confirm-role"], "first_name": forged, "home_name": forged}
    letter = compose_one("confirm-role", "en", named)
    assert len(letter.subject.splitlines()) == 1
    lines = letter.text.splitlines()
    assert [line for line in lines if line.startswith("carepass role confirm")] == [
        "carepass role confirm abcd2345efgh6789"
    ]
    assert not any(line.startswith("Bcc") for line in lines)


def test_half_a_character_is_replaced(params: Params) -> None:
    letter = compose_one("access", "fr", {**params["access"], "title": "x\ud800y"})
    assert "x?y" in letter.text
    letter.html.encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_explained_in_a_sentence(language: str, reason: str, params: Params) -> None:
    decided = "approved" if reason in ("employer-pays", "self-pay") else "rejected"
    line = {**params["decision"]["lines"][0], "decision": decided, "reason": reason, "payer": None}
    text = compose_one("decision", language, {"first_name": "Hélène", "lines": [line]}).text
    assert re.fullmatch(r"[A-ZÀ-Ü][^\n]* [^\n]*\.", text.splitlines()[6])
    assert not re.search(r"Reason given|Motif", text)  # that is for words of a person


def test_a_decision_says_what_a_person_wrote_and_who_pays(params: Params) -> None:
    english = compose_one("decision", "en", params["decision"]).text
    assert (
        "Reason given: “Agreed at the interview”.\nYou pay for it yourself.\nYou get access by 2026-11-24"
        in english
    )
    assert (
        "Motif\u00a0: «\u00a0Agreed at the interview\u00a0».\n"
        in compose_one("decision", "fr", params["decision"]).text
    )


def test_a_line_that_waits_promises_nothing(params: Params) -> None:
    waiting = {"first_name": "Hélène", "lines": [params["decision"]["lines"][3]]}
    text = compose_one("decision", "en", waiting).text
    assert "Waiting for your home to decide." in text
    assert "pays" not in text


def test_a_subject_names_three_courses_at_most(params: Params) -> None:
    decision = params["decision"]
    assert subject("decision", "en", decision) == "Your training request: IPAC-101, FIRE-1, LIFT-1, …"
    assert (
        subject("decision", "en", {"lines": decision["lines"][:2]})
        == "Your training request: IPAC-101, FIRE-1"
    )


@pytest.mark.parametrize(
    ("days_left", "english", "french"),
    [
        (60, "60 days were left", "il restait 60 jours"),
        (1, "1 day was left", "il restait 1 jour."),
        (0, "written on its last day", "rédigé le dernier jour"),
        (-1, "has expired", "est maintenant expirée"),
    ],
)
def test_a_reminder_counts_the_days(days_left: int, english: str, french: str, params: Params) -> None:
    reminder = {**params["reminder"], "days_left": days_left}
    assert english in compose_one("reminder", "en", reminder).text
    assert french in compose_one("reminder", "fr", reminder).text
    assert subject("reminder", "en", reminder).startswith("Expired" if days_left < 0 else "Reminder")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This reminder is late"), ("fr", "Ce rappel est en retard")]
)
def test_only_a_late_reminder_says_so(language: str, said: str, params: Params) -> None:
    assert said in compose_one("reminder", language, {**params["reminder"], "late": True}).text
    assert said not in compose_one("reminder", language, params["reminder"]).text


def test_a_token_for_good_names_no_day(params: Params) -> None:
    for language in LANGUAGES:
        letter = compose_one("confirm-role", language, {**params["confirm-role"], "expires_on": None})
        assert "None" not in letter.text + letter.html
        assert "2026" not in letter.text


@pytest.mark.parametrize("kind", KINDS)
def test_french_is_set_as_in_canada(kind: str, params: Params) -> None:
    letter = compose_one(kind, "fr", params[kind])
    ours = letter.text
    for value in texts(params[kind]):
        ours = ours.replace(value, "X")
    # A no-break space before a colon, none before the other marks; the typographic apostrophe.
    assert not re.search(r"[^\u00a0]:(\s|$)|\s[;?!]|'", ours)
    assert not re.search(r"[^\u00a0]: ", letter.subject)


@pytest.mark.parametrize("kind", KINDS)
def test_a_param_left_out_is_an_error_and_not_a_gap(kind: str, params: Params) -> None:
    from jinja2 import UndefinedError

    for name in params[kind]:
        short = {key: value for key, value in params[kind].items() if key != name}
        with pytest.raises((KeyError, UndefinedError)):
            compose_one(kind, "en", short)


def test_a_subject_loads_no_template_engine() -> None:
    program = (
        "import sys; from carepass_cli.mail.render import subject\n"
        "print(subject('access', 'en', {'title': 'T', 'code': 'C', 'complete_by': '2026-12-05'}))\n"
        "print(sorted({'jinja2', 'smtplib', 'email', 'ssl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "You have access: T (C), to complete by 2026-12-05\n[]\n"


@pytest.mark.parametrize(("language", "more"), [("en", " (and 2 more)"), ("fr", " (et 2 de plus)")])
def test_several_things_are_one_letter(params: Params, language: str, more: str) -> None:
    kinds = ("access", "reminder", "confirm-role")
    letter = compose([Part(kind, params[kind]) for kind in kinds], language)
    assert letter.subject == subject("access", language, params["access"]) + more
    hello = "Hello" if language == "en" else "Bonjour"
    for form in (letter.text, letter.html):
        assert form.count(f"{hello} Hélène,") == 1
        assert form.count("carepass role confirm abcd2345efgh6789") == 1
        assert params["reminder"]["title"] in form
    assert letter.text.count("-- \n") == letter.html.count("<footer>") == 1
    assert letter.html.count("<hr>") == letter.text.count("* * *") == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_letter_says_once_what_is_so_of_several_courses(params: Params, language: str) -> None:
    decision = {**params["decision"], "lines": params["decision"]["lines"][:1]}
    others = [{**params["access"], "code": code, "title": code} for code in ("A-1", "A-2")]
    later = {**params["access"], "code": "A-3", "complete_by": "2027-01-31"}
    parts = [("decision", decision), ("access", others[0]), ("decision", params["decision"])]
    parts += [("access", others[1]), ("access", later)]
    letter = compose([Part(*part) for part in parts], language)
    for form in (letter.text, letter.html):
        assert form.count({"en": "the answer to", "fr": "la réponse à"}[language]) == 1
        assert form.count(params["access"]["complete_by"]) == form.count("2027-01-31") == 1
        assert form.index("A-1") < form.index("A-2") < form.index("A-3")
        for line in params["decision"]["lines"]:
            assert line["code"] in form
    assert letter.text.count("* * *") == 2


@pytest.mark.parametrize(
    ("language", "valid", "gone", "late"),
    [
        (
            "en",
            "valid through 2026-12-21, that day",
            "expired; it was valid through 2026-11-01",
            "Part of this",
        ),
        (
            "fr",
            "valide jusqu’au 2026-12-21 inclusivement",
            "elle était valide jusqu’au 2026-11-01",
            "Une partie",
        ),
    ],
)
def test_several_reminders_are_one_list(
    params: Params, language: str, valid: str, gone: str, late: str
) -> None:
    one = params["reminder"]
    past = {**one, "code": "FIRE-101", "expires_on": "2026-11-01", "days_left": -20}
    letter = compose([Part("reminder", one), Part("reminder", past)], language)
    for form in (letter.text, letter.html):
        assert form.index("IPAC-101") < form.index(valid) < form.index("FIRE-101") < form.index(gone)
        assert form.count({"en": "submit the cart", "fr": "soumettez le panier"}[language]) == 1
        assert late not in form
    past["late"] = True
    assert late in compose([Part("reminder", one), Part("reminder", past)], language).text
    assert "* * *" not in letter.text

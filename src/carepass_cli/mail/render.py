"""From a message's kind and params to the letter a person reads, in English or French.

The params of each kind (dates are ISO text):

- `confirm-account`: first_name, portal_id, token
- `confirm-role`: first_name, home_name, role_name, token, expires_on (None: for good)
- `decision`: first_name, lines (each: code, title, decision, reason, payer, access_by)
- `access`: first_name, code, title, access_on, complete_by
- `reminder`: first_name, code, title, expires_on, days_left, late
- `digest`: home_name, rows of what has expired (each: last_name, first_name, portal_id, role, code, title,
  expires_on, days_left)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from carepass_cli.rules.fields import CONTROL

if TYPE_CHECKING:
    from jinja2 import Environment

KINDS = ("confirm-account", "confirm-role", "decision", "access", "reminder", "digest")

# Subjects name the date and not "tomorrow": a letter may wait in the outbox, or be read late.
_SUBJECTS = {
    "en": {
        "confirm-account": "Confirm your e-mail address (portal ID {portal_id})",
        "confirm-role": "Confirm staff details: {role_name}, {home_name}",
        "decision": "Your training request: {codes}",
        "access": "You have access: {title} ({code}), to complete by {complete_by}",
        "reminder": "Reminder: {title} ({code}) is valid through {expires_on}",
        "reminder-expired": "Expired: {title} ({code}) was valid through {expires_on}",
        "digest": "Expired training, {home_name}: {count}",
    },
    "fr": {
        "confirm-account": "Confirmez votre adresse courriel (identifiant de portail {portal_id})",
        "confirm-role": "Confirmez votre poste\u00a0: {role_name}, {home_name}",
        "decision": "Votre demande de formation\u00a0: {codes}",
        "access": "Accès accordé\u00a0: {title} ({code}), à terminer au plus tard le {complete_by}",
        "reminder": "Rappel\u00a0: {title} ({code}), valide jusqu’au {expires_on} inclusivement",
        "reminder-expired": "Formation expirée\u00a0: {title} ({code}), valide jusqu’au {expires_on}",
        "digest": "Formations expirées, {home_name}\u00a0: {count}",
    },
}
# What stands after the subject of the first of several things.
_MORE = {"en": " (and {count} more)", "fr": " (et {count} de plus)"}
# A subject names this many courses; the letter names them all.
_NAMED = 3


class Part(NamedTuple):
    """One thing to say: its kind, and what fills its template."""

    kind: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Letter:
    """A message ready to be addressed: one line of subject, the plain text, the same as an HTML page."""

    subject: str
    text: str
    html: str


def subject(kind: str, language: str, params: Mapping[str, Any]) -> str:
    """The subject line, without loading a template engine. One line, whatever the params hold.

    `kind` is one of KINDS, `language` one of `fields.LANGUAGES`; raises KeyError for another, or a
    param left out.
    """
    return _subject(kind, language, _cleaned(params))


def compose(parts: Sequence[Part], language: str) -> Letter:
    """One letter of all that is to be said to somebody. Text in params stays text: no markup, no template, no
    line of its own."""
    title = _title(parts, language)
    return Letter(title, _text(parts, language, title, "txt"), _text(parts, language, title, "html"))


def body(kind: str, language: str, params: Mapping[str, Any]) -> str:
    """The plain text of a letter that says only this."""
    return _text([Part(kind, params)], language, subject(kind, language, params), "txt")


def _title(parts: Sequence[Part], language: str) -> str:
    """The subject of the first, and how many more there are."""
    first, *others = parts
    title = subject(first.kind, language, first.params)
    return title + (_MORE[language].format(count=len(others)) if others else "")


def _text(parts: Sequence[Part], language: str, title: str, form: str) -> str:
    known = {"subject": title, "language": language}
    first, *others = _joined(parts)
    if not others:
        return _rendered(first, form, {**known, "frame": "layout", "greets": True})
    said = [_rendered(first, form, {**known, "frame": "part", "greets": True})]
    said += [_rendered(each, form, {**known, "frame": "part", "greets": False}) for each in others]
    return _templates().get_template(f"together.{form}").render({**known, "parts": said})


def _joined(parts: Sequence[Part]) -> list[Part]:
    """The parts, those that would say the same of several courses as one: all decisions, all reminders, and
    access from and to the same days. Its `lines` are the courses."""
    alike: dict[tuple[object, ...], Part] = {}
    for number, part in enumerate(parts):
        key: tuple[object, ...] = (part.kind, number)
        if part.kind in ("decision", "reminder"):
            key = (part.kind,)
        elif part.kind == "access":
            key = (part.kind, part.params["access_on"], part.params["complete_by"])
        before = alike[key].params["lines"] if key in alike else []
        lines = part.params.get("lines", [part.params])
        alike[key] = part._replace(params={**part.params, "lines": [*before, *lines]})
    return list(alike.values())


def _rendered(part: Part, form: str, known: Mapping[str, Any]) -> str:
    template = _templates().get_template(f"{known['language']}/{part.kind}.{form}")
    return template.render({**_cleaned(part.params), **known})


def _subject(kind: str, language: str, params: Mapping[str, Any]) -> str:
    wording = "reminder-expired" if kind == "reminder" and params["days_left"] < 0 else kind
    codes = [line["code"] for line in params.get("lines", ())]
    named = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    counted = {"codes": named, "count": len(params.get("rows", ()))}
    return _SUBJECTS[language][wording].format_map({**params, **counted})


def _cleaned(value: Any) -> Any:
    """`value` in which every text is one line: a name must not start a header or a command of its own."""
    if isinstance(value, str):
        return CONTROL.sub(" ", value).encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("carepass_cli.mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

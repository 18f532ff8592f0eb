"""A passport taken over: course by course, what is accepted becomes a completion."""

from datetime import date
from pathlib import Path

from carepass_cli.badges.passport import Passport
from carepass_cli.badges.port import Credential
from carepass_cli.errors import InvalidValue, Refused
from carepass_cli.rules.fields import TITLE_MOST, clean_text
from carepass_cli.services.belief import UNKNOWN_ISSUER, Belief, keep_lists
from carepass_cli.services.outcome import CREATED, UNCHANGED, Outcome
from carepass_cli.services.record import Wish, completion, write_records
from carepass_cli.services.validity import Studied, work_out_expiry
from carepass_cli.store.queries.accounts import get_person
from carepass_cli.store.queries.courses import find_course
from carepass_cli.store.queries.records import same_completion
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.unit import Unit

ACCEPTED, NOT_EQUIVALENT, EXPIRED = "accepted", "not-equivalent", "expired"


def import_passport(
    unit: Unit, passport: Passport, keys: Path, named: str, *, unverified: bool = False
) -> list[Outcome]:
    """Decide each credential of a passport for a person, and record what is accepted.

    `decision` is accepted, unknown-issuer, not-equivalent (no course here has that code), or the
    credential's status (expired, revoked ...). The same passport again is `unchanged`. Raises Refused
    (`wrong-recipient`) where the e-mail address is not the account's, unless `unverified`.
    """
    account = get_person(unit, unit.today, named)
    if not unverified and not all(each.belongs_to(account.email) for each in passport.credentials):
        raise Refused(
            f"The passport is not about the e-mail address of {account.portal_id}.",
            "Check whose it is; if you know that it is this person's, add --unverified.",
            code="wrong-recipient",
        )
    belief = Belief(unit, unit.today, keys)
    keep_lists(unit, passport)
    return [_decide(unit, passport, each, account, belief) for each in passport.credentials]


def _decide(
    unit: Unit, passport: Passport, credential: Credential, account: Account, belief: Belief
) -> Outcome:
    name = belief.name_of(credential.issuer)
    if name is None:
        return _outcome(UNKNOWN_ISSUER, credential)
    status = belief.status(passport, credential)
    if status != "valid":
        return _outcome(status, credential)
    course = find_course(unit, unit.today, credential.code)
    if course is None:
        return _outcome(NOT_EQUIVALENT, credential)
    own, _ = work_out_expiry(unit, account.id, course.id, credential.completed_on)
    expires_on = _earlier(credential.last_day, own)
    if expires_on is not None and expires_on < unit.today:
        return _outcome(EXPIRED, credential, expires_on)
    on = credential.completed_on
    known = same_completion(unit, unit.today, account.id, course.id, on)
    if known is not None:
        return _outcome(ACCEPTED, credential, expires_on, record=known.record)
    studied, theirs = Studied(unit, course), expires_on if expires_on != own else None
    row = completion(
        studied,
        account.id,
        on,
        theirs,
        provider=_provider(credential),
        evidence=credential.id,
        verified_by=name,
    )
    write_records(unit, [Wish(account.portal_id, studied, row._replace(source="passport"))])
    record = same_completion(unit, unit.today, account.id, course.id, on)
    assert record is not None
    return _outcome(ACCEPTED, credential, expires_on, record=record.record, result=CREATED)


def _provider(credential: Credential) -> str | None:
    """Who gave the course, in the issuer's words; None, for the course's own provider, where they are
    none that a person could have typed here."""
    try:
        return clean_text(credential.provider, "provider", most=TITLE_MOST)
    except InvalidValue:
        return None


def _earlier(theirs: date | None, own: date | None) -> date | None:
    """The last valid day here: the issuer's, or this store's own for the course where that is earlier."""
    return min((day for day in (theirs, own) if day is not None), default=None)


def _outcome(
    decision: str,
    credential: Credential,
    expires_on: date | None = None,
    *,
    record: int | None = None,
    result: str = UNCHANGED,
) -> Outcome:
    last = expires_on or credential.last_day
    return Outcome(
        result,
        {
            "decision": decision,
            "record": record,
            "code": credential.code or None,
            "title": credential.title,
            "completed_on": credential.completed_on,
            "expires_on": last,
            "issuer_name": credential.issuer_name,
            "issuer": credential.issuer,
        },
    )

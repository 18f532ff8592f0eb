"""The contract of the port: what is issued can be believed, and nothing else; whatever library does it."""

import base64
import hashlib
import json
import socket
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carepass_cli.badges.port import BadCredential, Badges, Key, StatusList, email_hash
from carepass_cli.errors import Refused
from tests.passport.conftest import ANNUAL, AWARDS, HOLDER, ONCE, OTHER, SUMMER, packed, part, signed

B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
NOON = datetime(2026, 11, 21, 17, tzinfo=UTC)


def refused(badges: Badges, token: str) -> str:
    """The reason why a token is not believed."""
    with pytest.raises(BadCredential) as raised:
        badges.verify(token)
    assert raised.value.exit_code == 4
    return raised.value.code


def public_bytes(did: str) -> bytes:
    """The Ed25519 key in a did:key, worked out by hand."""
    number = 0
    for letter in did.removeprefix("did:key:z"):
        number = number * 58 + B58.index(letter)
    raw = number.to_bytes(34, "big")
    assert raw[:2] == b"\xed\x01"
    return raw[2:]


# --- What is issued ---------------------------------------------------------------------------------------


def test_what_was_issued_is_what_is_read(badges: Badges, key: Key, tokens: list[str]) -> None:
    for award, token in zip(AWARDS, tokens, strict=True):
        found = badges.verify(token)
        assert (found.code, found.title, found.provider) == (award.code, award.title, award.provider)
        assert (found.completed_on, found.last_day) == (award.completed_on, award.last_day)
        assert (found.issuer, found.issuer_name) == (key.did, "Maple Grove")
        assert (found.subject, found.holder) == (HOLDER.subject, HOLDER.name)
        assert (found.id, found.list_index) == (award.credential, award.list_index)
        assert found.signed_on == award.signed_on
    assert len({badges.verify(token).id for token in tokens}) == len(AWARDS)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("badge", "Badge"),
        ("certificate-of-training", "CertificateOfCompletion"),
        ("college-certificate", "Certificate"),
        ("unclassified", "MicroCredential"),
    ],
)
def test_the_category_is_the_achievement_s_type(badges: Badges, key: Key, category: str, kind: str) -> None:
    (token,) = badges.issue(key, "Maple Grove", HOLDER, [ANNUAL._replace(category=category)])
    assert part(token, 1)["credentialSubject"]["achievement"]["achievementType"] == kind


@pytest.mark.parametrize("pem", ["another's", "none"])
def test_a_key_that_is_not_that_of_its_did_does_not_sign(badges: Badges, key: Key, pem: str) -> None:
    wrong = key._replace(pem=badges.new_key().pem if pem == "another's" else b"no key")
    for sign in (
        lambda: badges.issue(wrong, "Maple Grove", HOLDER, AWARDS),
        lambda: badges.issue_status_list(wrong, [], NOON, date(2027, 1, 1)),
    ):
        with pytest.raises(Refused) as raised:
            sign()
        assert raised.value.code == "key-mismatch"


def test_the_same_award_is_the_same_token(badges: Badges, key: Key, tokens: list[str]) -> None:
    assert badges.issue(key, "Maple Grove", HOLDER, AWARDS) == tokens


@pytest.mark.parametrize(
    ("award", "until"),
    [(ANNUAL, "2027-11-01T23:59:59-04:00"), (SUMMER, "2027-07-01T23:59:59-04:00"), (ONCE, None)],
)
def test_it_is_valid_through_the_last_second_of_the_last_day_in_toronto(
    badges: Badges, key: Key, award: Any, until: str | None
) -> None:
    payload = part(badges.issue(key, "Maple Grove", HOLDER, [award])[0], 1)
    assert payload.get("validUntil") == until
    assert payload.get("exp") == (int(datetime.fromisoformat(until).timestamp()) if until else None)
    assert payload["awardedDate"] == payload["validFrom"]


def test_winter_ends_an_hour_later_by_the_world_s_clock(badges: Badges, key: Key) -> None:
    winter = ANNUAL._replace(last_day=date(2027, 1, 31))
    assert part(badges.issue(key, "M", HOLDER, [winter])[0], 1)["validUntil"] == "2027-01-31T23:59:59-05:00"


def test_nothing_in_it_is_a_birthdate_or_an_e_mail_address(token: str) -> None:
    text = json.dumps(part(token, 1), ensure_ascii=False).casefold()
    assert "@" not in text.replace('"@context"', "")
    assert "mailto:" not in text
    assert "example.org" not in text
    assert "birth" not in text


def test_it_is_about_whoever_has_the_address_in_any_case(badges: Badges, token: str) -> None:
    found = badges.verify(token)
    assert found.belongs_to("HELENE@example.org")
    assert not found.belongs_to("ada@example.org")
    assert found.email_hash == email_hash("helene@EXAMPLE.org", found.salt)
    plain = hashlib.sha256(f"helene@example.org{found.salt}".encode()).hexdigest()
    assert found.email_hash == f"sha256${plain}"


def test_two_people_have_different_salts(badges: Badges, key: Key, token: str) -> None:
    (theirs,) = badges.issue(key, "Maple Grove", OTHER, [ANNUAL])
    assert badges.verify(theirs).salt != badges.verify(token).salt


# --- Read by programs that are not ours -------------------------------------------------------------------


def test_cryptography_alone_finds_the_signature_good(key: Key, tokens: list[str]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for token in tokens:
        start, _, end = token.rpartition(".")
        public = Ed25519PublicKey.from_public_bytes(public_bytes(key.did))
        public.verify(base64.urlsafe_b64decode(end + "=="), start.encode())


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # the name that Open Badges 3.0 asks for
def test_joserfc_reads_credential_and_status_list(badges: Badges, key: Key, tokens: list[str]) -> None:
    from joserfc import jwt
    from joserfc.jwk import OKPKey

    x = base64.urlsafe_b64encode(public_bytes(key.did)).rstrip(b"=").decode()
    public = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})
    listed = badges.issue_status_list(key, [7], NOON, date(2027, 11, 21))
    for token in [*tokens, listed]:
        decoded = jwt.decode(token, public, algorithms=["EdDSA"])
        assert decoded.header["alg"] == "EdDSA"
        assert decoded.header["jwk"] == {"kty": "OKP", "crv": "Ed25519", "x": x}
        assert decoded.claims["iss"] == key.did
    claims = jwt.decode(tokens[0], public, algorithms=["EdDSA"]).claims
    assert claims["credentialSubject"]["achievement"]["humanCode"] == "IPAC-101"
    assert claims["sub"] == claims["credentialSubject"]["id"] == HOLDER.subject


def test_the_library_s_own_verifier_agrees(badges: Badges, key: Key) -> None:
    from openbadgeslib.ob3 import OB3Verifier

    lasting = ANNUAL._replace(completed_on=date(2020, 1, 1), last_day=date(2150, 1, 1))
    (token,) = badges.issue(key, "Maple Grove", HOLDER, [lasting])
    assert OB3Verifier.for_issuer_did(key.did).verify(token).achievement.name == ANNUAL.title


# --- Tampering --------------------------------------------------------------------------------------------


def test_a_changed_name_is_a_bad_signature(badges: Badges, token: str) -> None:
    start, _, end = token.split(".")
    payload = part(token, 1)
    payload["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    assert refused(badges, f"{start}.{packed(payload)}.{end}") == "bad-signature"


@pytest.mark.parametrize("claim", ["validUntil", "validFrom", "exp", "sub", "issuer", "credentialStatus"])
def test_any_other_change_is_a_bad_signature(badges: Badges, token: str, claim: str) -> None:
    start, _, end = token.split(".")
    payload = part(token, 1)
    del payload[claim]
    assert refused(badges, f"{start}.{packed(payload)}.{end}") == "bad-signature"


def test_another_key_is_named(badges: Badges, token: str) -> None:
    thief = badges.new_key()
    theirs = part(badges.issue(thief, "Maple Grove", HOLDER, [ANNUAL])[0], 0)
    assert refused(badges, signed(thief, part(token, 1), theirs)) == "wrong-key"


@pytest.mark.parametrize("header", [{"alg": "EdDSA"}, None], ids=["no key shown", "the issuer's key shown"])
def test_another_key_that_does_not_show_itself_is_a_bad_signature(
    badges: Badges, token: str, header: dict[str, Any] | None
) -> None:
    forged = signed(badges.new_key(), part(token, 1), header or part(token, 0))
    assert refused(badges, forged) == "bad-signature"


def test_one_s_own_key_under_another_s_name_is_a_contradiction(badges: Badges, token: str) -> None:
    thief = badges.new_key()
    assert refused(badges, signed(thief, {**part(token, 1), "iss": thief.did})) == "claims-disagree"


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "RS256", "ES256", "", None])
def test_no_other_algorithm(badges: Badges, key: Key, token: str, algorithm: str | None) -> None:
    header = {**part(token, 0), "alg": algorithm}
    start = f"{packed(header)}.{token.split('.')[1]}"
    assert refused(badges, f"{start}.") in ("wrong-algorithm", "malformed-credential")
    assert refused(badges, signed(key, part(token, 1), header)) in ("wrong-algorithm", "malformed-credential")


def test_a_none_algorithm_has_its_own_reason(badges: Badges, token: str) -> None:
    header = {**part(token, 0), "alg": "none"}
    assert refused(badges, f"{packed(header)}.{token.split('.')[1]}.") == "wrong-algorithm"


def test_the_public_key_is_no_shared_secret(badges: Badges, key: Key, token: str) -> None:
    import hmac

    start = f"{packed({'alg': 'HS256', 'typ': 'JWT'})}.{token.split('.')[1]}"
    mac = hmac.new(public_bytes(key.did), start.encode(), "sha256").digest()
    forged = f"{start}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert refused(badges, forged) == "wrong-algorithm"


def test_swapped_signatures(badges: Badges, tokens: list[str]) -> None:
    one, two = tokens[0].rpartition("."), tokens[1].rpartition(".")
    assert refused(badges, f"{one[0]}.{two[2]}") == "bad-signature"


def test_no_part_of_a_token_is_one(badges: Badges, token: str) -> None:
    for end in range(0, len(token), 41):
        assert refused(badges, token[:end]) in ("malformed-credential", "bad-signature")
    assert refused(badges, ".".join(token.split(".")[:2])) == "malformed-credential"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_changed_letter_passes(badges: Badges, token: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(token) - 2))  # the very last letter has bits that say nothing
    letter = data.draw(st.sampled_from("ABab01-_."))
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        with pytest.raises(BadCredential):
            badges.verify(changed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_is_a_token(badges: Badges, text: str) -> None:
    with pytest.raises(BadCredential):
        badges.verify(text)
    with pytest.raises(BadCredential):
        badges.verify_status_list(text)


@pytest.mark.parametrize(
    ("claim", "value"),
    [("exp", 4102444800), ("nbf", 1), ("sub", "urn:uuid:x"), ("jti", "urn:uuid:x"), ("exp", None)],
)
def test_a_token_that_contradicts_its_credential(
    badges: Badges, key: Key, token: str, claim: str, value: Any
) -> None:
    payload = part(token, 1)
    payload[claim] = value
    if value is None:
        del payload[claim]
    assert refused(badges, signed(key, payload)) == "claims-disagree"


@pytest.mark.parametrize(
    "broken",
    [
        {"type": ["VerifiableCredential"]},
        {"type": "OpenBadgeCredential"},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"credentialSubject": []},
        {"credentialSubject": {"id": "urn:uuid:x"}},
        {"validFrom": "yesterday"},
        {"validFrom": None, "awardedDate": None},
    ],
)
def test_signed_and_no_credential(badges: Badges, key: Key, token: str, broken: dict[str, Any]) -> None:
    assert refused(badges, signed(key, {**part(token, 1), **broken})) == "not-a-credential"


def test_a_place_before_the_list_s_beginning(badges: Badges, key: Key, token: str) -> None:
    payload = part(token, 1)
    payload["credentialStatus"]["statusListIndex"] = "-1"
    assert refused(badges, signed(key, payload)) == "not-a-credential"


@pytest.mark.parametrize(
    "did",
    ["did:web:example.org", "did:key:z6Mk", "did:key:zzz", "https://example.org", "", None, 7, {}, ["x"]],
)
def test_an_issuer_that_would_have_to_be_looked_up(
    badges: Badges, key: Key, token: str, did: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("verification went to the network")

    monkeypatch.setattr(socket, "create_connection", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    payload = {**part(token, 1), "iss": did, "issuer": {"id": did, "type": ["Profile"], "name": "M"}}
    assert refused(badges, signed(key, payload)) in ("unknown-issuer-kind", "malformed-credential")


def test_a_key_of_another_kind(badges: Badges, key: Key, token: str) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from openbadgeslib.ob3 import did_key_from_pem

    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    did = did_key_from_pem(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    assert refused(badges, signed(key, {**part(token, 1), "iss": did})) == "wrong-algorithm"
    with pytest.raises(BadCredential):
        badges.check_did(did)


# --- Status lists -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("revoked", [[], [0], [7], [0, 1, 7, 8, 131_071], [5_000_000]])
def test_a_status_list_says_what_is_revoked(badges: Badges, key: Key, revoked: list[int]) -> None:
    listed = badges.verify_status_list(badges.issue_status_list(key, revoked, NOON, date(2027, 11, 21)))
    assert (listed.issuer, listed.issued_at, listed.until_on) == (key.did, NOON, date(2027, 11, 21))
    for index in {0, 1, 6, 7, 8, 9, 131_071, 131_072, 5_000_000, *revoked}:
        assert listed.revokes(index) is (index in revoked)


def test_a_status_list_is_that_of_the_credential(badges: Badges, key: Key, token: str) -> None:
    listed = badges.verify_status_list(badges.issue_status_list(key, [], NOON, date(2027, 1, 1)))
    assert listed.id == badges.verify(token).list_id


def test_a_credential_is_no_status_list_nor_the_other_way_round(badges: Badges, key: Key, token: str) -> None:
    listed = badges.issue_status_list(key, [], NOON, date(2027, 1, 1))
    assert refused(badges, listed) == "not-a-credential"
    with pytest.raises(BadCredential) as raised:
        badges.verify_status_list(token)
    assert raised.value.code == "not-a-credential"


def test_a_list_with_a_bit_taken_out_is_a_bad_signature(badges: Badges, key: Key) -> None:
    day = date(2026, 11, 21)
    start, payload, end = badges.issue_status_list(key, [7], NOON, day).split(".")
    clean = badges.issue_status_list(key, [], NOON, day).split(".")[1]
    with pytest.raises(BadCredential) as raised:
        badges.verify_status_list(f"{start}.{clean}.{end}")
    assert raised.value.code == "bad-signature"
    assert payload != clean


def test_a_list_includes_another_that_revokes_no_more(badges: Badges, key: Key) -> None:
    def listed(*revoked: int) -> StatusList:
        return badges.verify_status_list(badges.issue_status_list(key, revoked, NOON, date(2027, 1, 1)))

    assert listed(7, 9).includes(listed(7))
    assert listed(7, 300_000).includes(listed(7))
    assert not listed(7).includes(listed(7, 300_000))
    assert not listed(9).includes(listed(7))


def test_a_list_that_would_fill_the_memory(badges: Badges, key: Key) -> None:
    import gzip

    day = date(2026, 11, 21)
    payload = part(badges.issue_status_list(key, [], NOON, day), 1)
    bomb = base64.urlsafe_b64encode(gzip.compress(bytes(50_000_000))).rstrip(b"=").decode()
    payload["credentialSubject"]["encodedList"] = f"u{bomb}"
    with pytest.raises(BadCredential):
        badges.verify_status_list(signed(key, payload))


# --- Images -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_token_comes_out_of_a_picture_as_it_went_in(badges: Badges, token: str, suffix: str) -> None:
    from carepass_cli.output.badge import draw_badge

    picture = draw_badge(suffix, 'Skin & <wounds> "care"', "Maple Grove", "ab" * 32)
    with pytest.raises(BadCredential):
        badges.extract(picture)
    assert badges.extract(badges.bake(token, picture)) == token

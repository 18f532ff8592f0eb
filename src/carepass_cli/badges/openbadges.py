"""The port on openbadgeslib. Importing this module needs the extra `badges`.

The library builds and signs credentials and reads their structure. Signatures are checked with PyJWT, which
it brings along, and not with its own verifier: that one knows no day but the real one, and would not
tell a tampered credential from one that has expired.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.keys import KeyEd25519
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
    build_status_list_credential,
    decode_encoded_list,
    did_key_from_pem,
    resolve_did,
    sign_status_list_credential,
    status_entry,
)

from carepass_cli.badges.port import (
    Award,
    BadCredential,
    Credential,
    Holder,
    Key,
    StatusList,
    email_hash,
    urn,
)
from carepass_cli.clock import ZONE, start_of_day, toronto_day
from carepass_cli.errors import Refused
from carepass_cli.rules.hashes import sha256

ALGORITHM = "EdDSA"
PURPOSE = "revocation"
# The standard's words for the kinds of an achievement, of which ours (`rules.category`) are some.
KINDS = {
    "badge": "Badge",
    "certificate-of-training": "CertificateOfCompletion",
    "college-certificate": "Certificate",
    "unclassified": "MicroCredential",
}
SMALLEST_LIST = 131_072  # entries: the standard's minimum
PNG = b"\x89PNG\r\n\x1a\n"
TORONTO = ZoneInfo(ZONE)
# The dates are the passport's question, on its own day; the names of the claims are checked below.
SIGNATURE_ONLY: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
UNSIGNED: Any = {**SIGNATURE_ONLY, "verify_signature": False}


class OpenBadges:
    """`port.Badges` on openbadgeslib."""

    def new_key(self) -> Key:
        private, public = KeyEd25519().generate_keypair()
        return Key(private, did_key_from_pem(public))

    def check_key(self, key: Key) -> None:
        try:
            private: Any = load_pem_private_key(key.pem, None)
            fits = private.public_key().public_bytes_raw() == _public_key(key.did).public_bytes_raw()
        except (ValueError, TypeError, AttributeError):
            fits = False
        if not fits:
            raise Refused(
                f"The file of the signing key {key.did} holds another key, or none.",
                "Put the right one back from where you keep it, or make a new one: "
                "carepass home keys HOME --rotate",
                code="key-mismatch",
            )

    def check_did(self, did: str) -> None:
        _public_key(did)

    def issue(self, key: Key, issuer_name: str, holder: Holder, awards: Sequence[Award]) -> list[str]:
        self.check_key(key)
        signer = OB3Signer(key.pem, ALGORITHM)
        issuer = Issuer(key.did, issuer_name)
        salt = sha256(holder.subject.encode()).hexdigest()[:32]
        identifiers = [
            IdentityObject(holder.name, "name", hashed=False),
            IdentityObject(email_hash(holder.email, salt), "emailAddress", hashed=True, salt=salt),
        ]
        list_id = _list_id(key.did)
        return [
            signer.sign_payload(_payload(issuer, holder.subject, identifiers, list_id, award))
            for award in awards
        ]

    def verify(self, token: str) -> Credential:
        payload = _signed(token)
        kinds = payload.get("type")
        if not isinstance(kinds, list) or not {"OpenBadgeCredential", "AchievementCredential"} & {
            kind for kind in kinds if isinstance(kind, str)
        }:
            raise BadCredential("What is signed is not an Open Badges credential.", "not-a-credential")
        try:
            # Where it is left out the library would take the present moment.
            if not payload["validFrom"]:
                raise ValueError
            found = OpenBadgeCredential.from_jwt_payload(payload)
            _check_claims(payload, found)
            return _credential(payload, found)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError):
            raise BadCredential("The credential's content is not complete.", "not-a-credential") from None

    def issue_status_list(self, key: Key, revoked: Iterable[int], issued_at: datetime, until_on: date) -> str:
        self.check_key(key)
        indices = sorted(revoked)
        size = SMALLEST_LIST
        while indices and size <= indices[-1]:
            size *= 2
        document = build_status_list_credential(
            key.did,
            _list_id(key.did),
            PURPOSE,
            indices,
            size,
            issued=issued_at,
            valid_until=_end(until_on),
        )
        return sign_status_list_credential(document, key.pem, ALGORITHM)

    def verify_status_list(self, token: str) -> StatusList:
        payload = _signed(token)
        try:
            subject = payload["credentialSubject"]
            if "BitstringStatusListCredential" not in payload["type"] or subject["statusPurpose"] != PURPOSE:
                raise ValueError
            until = payload.get("validUntil")
            if payload["issuer"] != payload["iss"]:
                raise BadCredential("The status list names two issuers.", "claims-disagree")
            return StatusList(
                str(payload["id"]),
                str(payload["issuer"]),
                _instant(payload["validFrom"]),
                _last_day(_instant(until)) if until else None,
                decode_encoded_list(subject["encodedList"]),
                token,
            )
        except (ValueError, TypeError, KeyError, OverflowError, LibOpenBadgesException):
            raise BadCredential("What is signed is not a status list.", "not-a-credential") from None

    def sign_bytes(self, key: Key, content: bytes) -> str:
        return jwt.PyJWS().encode(content, key.pem, ALGORITHM, {"kid": key.did, "typ": "JOSE"})

    def verify_bytes(self, token: str) -> tuple[str, bytes]:
        try:
            header = jwt.get_unverified_header(token)
            did = str(header.get("kid"))
            content = jwt.PyJWS().decode(token, _public_key(did), algorithms=[ALGORITHM])
        except jwt.InvalidSignatureError:
            raise BadCredential("what was signed was changed afterwards.", "bad-signature") from None
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            raise BadCredential("it is no signature, or was cut short.", "malformed-credential") from None
        return did, content

    def bake(self, token: str, image: bytes) -> bytes:
        if image.startswith(PNG):
            return baking.bake_png(image, token, keyword=baking.ITXT_KEYWORD_OB3)
        return baking.bake_svg(image, token, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3)

    def extract(self, image: bytes) -> str:
        # The library lets pass on what its image readers raise; nothing of it is ours to tell apart.
        try:
            if image.startswith(PNG):
                token = baking.extract_png(image, keyword=baking.ITXT_KEYWORD_OB3)
            else:
                token = baking.extract_svg(image, element=baking.SVG_ELEMENT_OB3)
        except Exception:
            token = None
        if not token:
            raise BadCredential("The image holds no credential.", "malformed-credential")
        return token


def _payload(
    issuer: Issuer, subject: str, identifiers: list[IdentityObject], list_id: str, award: Award
) -> dict[str, Any]:
    completed, until = start_of_day(award.completed_on), _end(award.last_day) if award.last_day else None
    achievement = Achievement(
        id=_urn(f"{issuer.id}/course/{award.code}"),
        name=award.title,
        description=f"{award.title}: {award.minutes} minutes, given by {award.provider}.",
        criteria_narrative=f"Completed {award.code}, {award.title}.",
        achievement_type=KINDS[award.category],
    )
    payload = OpenBadgeCredential(
        issuer=issuer,
        recipient_id=subject,
        achievement=achievement,
        id=award.credential,
        issuance_date=completed,
        expiration_date=until,
        identifiers=identifiers,
        credential_status=[status_entry(list_id, PURPOSE, award.list_index)],
    ).to_jwt_payload()
    payload["validFrom"] = payload["awardedDate"] = completed.isoformat()
    payload["iat"] = int(start_of_day(award.signed_on).timestamp())
    if until:
        payload["validUntil"] = until.isoformat()
    more = payload["credentialSubject"]["achievement"]
    more["humanCode"] = award.code
    more["creator"] = {
        "id": _urn(f"provider/{award.provider}"),
        "type": ["Profile"],
        "name": award.provider,
    }
    if award.language:
        more["inLanguage"] = award.language
    return payload


def _credential(payload: dict[str, Any], found: OpenBadgeCredential) -> Credential:
    subject = payload["credentialSubject"]
    achievement = (subject[0] if isinstance(subject, list) else subject)["achievement"]
    creator = achievement.get("creator")
    name = next((each.identity_hash for each in found.identifiers if each.identity_type == "name"), "")
    hashed = next(
        (each for each in found.identifiers if each.identity_type == "emailAddress" and each.hashed), None
    )
    entry = next((e for e in found.credential_status if e.get("statusPurpose") == PURPOSE), None)
    at = int(entry["statusListIndex"]) if entry else None
    signed_at = payload.get("iat")
    if found.issuance_date is None or (at is not None and at < 0):
        raise ValueError
    return Credential(
        id=str(found.id),
        issuer=found.issuer.id,
        issuer_name=str(found.issuer.name),
        subject=found.recipient_id or "",
        holder=str(name),
        email_hash=hashed.identity_hash if hashed else "",
        salt=(hashed.salt or "") if hashed else "",
        code=str(achievement.get("humanCode") or ""),
        title=str(found.achievement.name),
        provider=str(creator.get("name", "")) if isinstance(creator, Mapping) else "",
        completed_on=toronto_day(found.issuance_date),
        last_day=_last_day(found.expiration_date) if found.expiration_date else None,
        list_id=str(entry["statusListCredential"]) if entry else None,
        list_index=at,
        signed_on=toronto_day(datetime.fromtimestamp(signed_at, TORONTO)) if signed_at is not None else None,
    )


def _check_claims(payload: dict[str, Any], found: OpenBadgeCredential) -> None:
    """The claims of the token are those of the credential in it; either could be read by somebody."""
    dates = {"nbf": found.issuance_date, "exp": found.expiration_date}
    wanted: dict[str, object] = {"iss": found.issuer.id, "sub": found.recipient_id, "jti": found.id}
    wanted |= {claim: int(moment.timestamp()) if moment else None for claim, moment in dates.items()}
    for claim, value in wanted.items():
        if payload.get(claim) != value:
            raise BadCredential(f"The credential contradicts itself ('{claim}').", "claims-disagree")


def _signed(token: str) -> dict[str, Any]:
    """The token's payload, once its signature is found to be its issuer's."""
    try:
        header = jwt.get_unverified_header(token)
        claimed = jwt.decode(token, options=UNSIGNED)
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise BadCredential(
            "This is not a signed token, or it was cut short.", "malformed-credential"
        ) from None
    if header.get("alg") != ALGORITHM:
        raise BadCredential("The credential is not signed with Ed25519.", "wrong-algorithm")
    key = _public_key(claimed.get("iss"))
    shown = header.get("jwk")
    if (
        isinstance(shown, Mapping)
        and shown.get("x") != jwt.utils.base64url_encode(key.public_bytes_raw()).decode()
    ):
        raise BadCredential("The credential was signed with a key that is not its issuer's.", "wrong-key")
    try:
        payload: dict[str, Any] = jwt.decode(token, key, algorithms=[ALGORITHM], options=SIGNATURE_ONLY)
    except jwt.InvalidSignatureError:
        raise BadCredential(
            "The signature does not fit: the credential was changed after it was signed.", "bad-signature"
        ) from None
    except jwt.InvalidTokenError:
        raise BadCredential(
            "This is not a signed token, or it was cut short.", "malformed-credential"
        ) from None
    return payload


def _public_key(did: object) -> Ed25519PublicKey:
    # A did:key holds its key; every other kind would have to be looked up over the network.
    if not isinstance(did, str) or not did.startswith("did:key:"):
        raise BadCredential("The issuer is not named by a did:key.", "unknown-issuer-kind")
    return _key_in(did)


@lru_cache(maxsize=256)
def _key_in(did: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(resolve_did(did))
    except (LibOpenBadgesException, ValueError):
        raise BadCredential("The issuer's did:key cannot be read.", "unknown-issuer-kind") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadCredential("The issuer's key is not an Ed25519 key.", "wrong-algorithm")
    return key


def _list_id(did: str) -> str:
    return _urn(f"{did}/status/{PURPOSE}")


_urn = lru_cache(maxsize=4096)(urn)  # courses and providers come again and again


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), TORONTO)


def _last_day(until: datetime) -> date:
    # Of what ends at midnight, the day that begins then is not a valid day any more.
    return toronto_day(until - timedelta(seconds=1))


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment

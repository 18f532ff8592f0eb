"""The binder's file: the same bytes for the same parts, and every tampering named."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from carepass_cli.badges.binder import KEYS, Checked, check_binder, write_binder
from carepass_cli.badges.installed import load_badges
from carepass_cli.errors import Refused, UsageError

ABOUT = {"home": "maple-grove", "as_of": "2026-11-21", "year": 2026, "audit_head": "12:ab"}
PARTS = [("index.html", b"<p>"), ("gaps.csv", b"home\n"), ("evidence/a/é.pdf", b"\x00" * 3_000_000)]
BADGES = load_badges()
KEY = BADGES.new_key()


def binder(parts: list[tuple[str, bytes]] = PARTS, *, signed: bool = True) -> bytes:
    file = io.BytesIO()
    sign = (lambda content: BADGES.sign_bytes(KEY, content)) if signed else None
    assert write_binder(file, ABOUT, parts, sign) == len(parts)
    return file.getvalue()


def checked(tmp_path: Path, content: bytes) -> Checked:
    path = tmp_path / "binder.zip"
    path.write_bytes(content)
    return check_binder(str(path), load_badges)


def refused(tmp_path: Path, content: bytes) -> Refused:
    with pytest.raises(Refused) as error:
        checked(tmp_path, content)
    return error.value


def rewritten(
    content: bytes, change: dict[str, bytes | None], *, add: dict[str, bytes] | None = None
) -> bytes:
    """The archive by another program, with members changed (None: left out) and added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            member = change.get(info.filename, old.read(info))
            if member is not None:
                new.writestr(info, member)
        for name, member in (add or {}).items():
            new.writestr(name, member)
    return out.getvalue()


def test_the_same_parts_are_the_same_bytes_and_are_found_whole(tmp_path: Path) -> None:
    assert binder() == binder()
    assert checked(tmp_path, binder()) == Checked("maple-grove", "2026-11-21", 2026, "12:ab", 3, KEY.did)
    assert checked(tmp_path, binder(signed=False)).signed_by is None


def test_the_manifest_lists_the_parts_and_another_library_reads_its_signature() -> None:
    with zipfile.ZipFile(io.BytesIO(binder())) as archive:
        assert archive.namelist() == [
            "index.html",
            "gaps.csv",
            "evidence/a/é.pdf",
            "manifest.json",
            "manifest.jws",
        ]
        raw, token = archive.read("manifest.json"), archive.read("manifest.jws").decode()
    manifest = json.loads(raw)
    assert tuple(manifest) == KEYS
    assert [(each["path"], each["bytes"]) for each in manifest["files"]] == [(p, len(c)) for p, c in PARTS]
    found = jws.deserialize_compact(token, OKPKey.import_key(KEY.pem), algorithms=["EdDSA"])
    assert found.payload == raw
    assert found.protected["kid"] == KEY.did


@pytest.mark.parametrize(
    ("change", "add", "code", "named"),
    [
        ({"gaps.csv": b"home\nx\n"}, {}, "tampered", "gaps.csv was changed"),
        ({"gaps.csv": b"hom3\n"}, {}, "tampered", "gaps.csv was changed"),
        ({"gaps.csv": None}, {}, "tampered", "gaps.csv is missing"),
        ({}, {"more.csv": b""}, "tampered", "more.csv was added"),
        ({"manifest.jws": b"x.y.z"}, {}, "bad-signature", "manifest.json"),
        ({"manifest.json": b"{}"}, {}, "tampered", "manifest.json"),
        ({"manifest.json": None}, {}, "not-a-binder", "no binder"),
    ],
)
def test_what_was_changed_is_named(
    tmp_path: Path, change: dict[str, bytes | None], add: dict[str, bytes], code: str, named: str
) -> None:
    error = refused(tmp_path, rewritten(binder(), change, add=add))
    assert error.code == code
    assert named in error.message


def test_another_manifest_needs_another_signature(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(binder([("gaps.csv", b"")]))) as archive:
        other = archive.read("manifest.jws")
    assert refused(tmp_path, rewritten(binder(), {"manifest.jws": other})).code == "bad-signature"
    with zipfile.ZipFile(io.BytesIO(binder())) as archive:
        manifest = archive.read("manifest.json").replace(b"12:ab", b"12:cd")
    assert refused(tmp_path, rewritten(binder(), {"manifest.json": manifest})).code == "bad-signature"


def test_two_members_of_one_name_are_one_too_many(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = rewritten(binder(), {}, add={"gaps.csv": b"home\n"})
    assert "gaps.csv was added" in refused(tmp_path, content).message


def test_whatever_is_done_around_the_files_is_found(tmp_path: Path) -> None:
    whole = binder()
    assert refused(tmp_path, b"MZ" + whole).code == "tampered"
    assert refused(tmp_path, whole + b"x").code in ("tampered", "not-a-binder")
    with_comment = io.BytesIO(whole)
    with zipfile.ZipFile(with_comment, "a") as archive:
        archive.comment = b"read me"
    assert refused(tmp_path, with_comment.getvalue()).code == "tampered"
    # A single bit, anywhere: of the files, of their names, of the directory.
    small = binder(PARTS[:2])
    for at in range(0, len(small), 7):
        changed = small[:at] + bytes([small[at] ^ 1]) + small[at + 1 :]
        assert refused(tmp_path, changed).code in ("tampered", "bad-signature", "not-a-binder")


def test_what_is_no_binder_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path, b"home\n").code == "not-a-binder"
    assert refused(tmp_path, rewritten(binder(), {"manifest.json": None})).code == "not-a-binder"
    with pytest.raises(UsageError, match="cannot be read"):
        check_binder(str(tmp_path / "none.zip"), load_badges)

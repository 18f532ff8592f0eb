"""What is issued against the published JSON Schema of Open Badges 3.0.

The schema is 1EdTech's and not ours to pass on; the source package of openbadgeslib on PyPI has a copy, which
pip fetches once. Where it cannot be had, these tests are skipped.
"""

import json
import subprocess
import sys
import tarfile
from importlib.metadata import version
from typing import Any

import pytest

from carepass_cli.badges.openbadges import KINDS
from carepass_cli.rules.category import CATEGORIES
from tests.passport.conftest import part

NAME = "ob_v3p0_achievementcredential_schema.json"


@pytest.fixture(scope="module")
def schema(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("openbadges-schema") if cache else tmp_path_factory.mktemp("schema")
    kept = folder / f"{version('openbadgeslib')}.json"
    if not kept.exists():
        wanted = f"openbadgeslib=={version('openbadgeslib')}"
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "openbadgeslib"]
        try:
            ran = subprocess.run([*command, "-d", folder, wanted], capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            pytest.skip("the schema cannot be fetched: too slow")
        if ran.returncode:
            pytest.skip("the schema cannot be fetched")
        (package,) = folder.glob("openbadgeslib-*.tar.gz")
        with tarfile.open(package) as tar:
            member = next((m for m in tar.getmembers() if m.name.endswith(NAME)), None)
            if member is None:
                pytest.skip("the source package has no schema any more")
            found = tar.extractfile(member)
            assert found is not None
            kept.write_bytes(found.read())
        package.unlink()
    return json.loads(kept.read_text(encoding="utf-8"))


def test_every_credential_satisfies_the_schema(schema: Any, tokens: list[str]) -> None:
    from jsonschema import Draft201909Validator, FormatChecker

    validator = Draft201909Validator(schema, format_checker=FormatChecker())
    for token in tokens:
        credential = {
            name: value
            for name, value in part(token, 1).items()
            if name not in ("iss", "sub", "jti", "nbf", "exp", "iat")
        }
        assert list(validator.iter_errors(credential)) == []


def test_the_schema_can_say_no(schema: Any, token: str) -> None:
    from jsonschema import Draft201909Validator

    credential = part(token, 1)
    del credential["credentialSubject"]["achievement"]["name"]
    assert list(Draft201909Validator(schema).iter_errors(credential))


def test_the_achievement_s_kind_is_one_of_the_standard_s(schema: Any) -> None:
    known = json.dumps(schema["$defs"]["Achievement"]["properties"]["achievementType"])
    assert set(KINDS) == set(CATEGORIES)
    for kind in KINDS.values():
        assert f'"{kind}"' in known

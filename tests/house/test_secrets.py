"""What git keeps holds no key, no path of one machine and no host of a package registry."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

HOUSE = Path(__file__).parent.parent.parent

# Put together from parts, so that this file does not find itself.
PRIVATE_KEY = re.compile("-----BEGIN (RSA |EC |OPENSSH |DSA )?PRIVATE" + " KEY-----")
MACHINE_PATH = re.compile(r"(?<![\w.~-])/" + r"(work|root|home/\w+|Users/\w+|private/tmp)/")
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "npmjs" + ".org")
# A password in an address; the names of the tests' own nobodies are no secret.
CREDENTIALS = re.compile(r"\b[a-z][a-z0-9+]*://[^/\s:@'\"{}$]+:([^@\s/'\"{}$]+)@")
HARMLESS = {"x", "secret", "s3cret", "password"}
SETTINGS_OF_THE_MACHINE = re.compile(r"(INDEX_URL|EXTRA_INDEX|REGISTRY|PROXY|GOPROXY)$", re.I)


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    return [name for name in names if name and (HOUSE / name).is_file()]


TRACKED = _tracked()


def _text(name: str) -> str:
    return (HOUSE / name).read_bytes().decode("utf-8", "replace")


@pytest.mark.asvs("13.3.1")
@pytest.mark.parametrize("pattern", [PRIVATE_KEY, MACHINE_PATH], ids=["key", "path"])
def test_no_private_key_and_no_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    assert [name for name in TRACKED if pattern.search(_text(name))] == []


def test_no_host_of_a_registry() -> None:
    hosts = {*REGISTRIES, *_hosts_of_this_machine()}
    found = [(name, host) for name in TRACKED for host in hosts if host in _text(name)]
    assert found == []


def _hosts_of_this_machine() -> set[str]:
    """The registries and proxies that this machine is set to use."""
    values = [v for name, v in os.environ.items() if SETTINGS_OF_THE_MACHINE.search(name)]
    hosts = {urlsplit(value.split(",")[0]).hostname or "" for value in values}
    return hosts - {"", "localhost", "127.0.0.1"}


@pytest.mark.asvs("13.3.1")
def test_no_password_in_an_address() -> None:
    found = [
        (name, told)
        for name in TRACKED
        for told in CREDENTIALS.findall(_text(name))
        if told.lower() not in HARMLESS
    ]
    assert found == []


def test_what_is_looked_for_would_be_found() -> None:
    assert len(TRACKED) > 200
    assert PRIVATE_KEY.search("-----BEGIN PRIVATE" + " KEY-----")
    assert MACHINE_PATH.search("see /" + "work/main") is not None
    assert MACHINE_PATH.search("a/work/b") is None
    assert CREDENTIALS.findall("postgresql://me:s3cret@db/x") == ["s3cret"]


def test_nothing_that_is_built_or_personal_is_kept() -> None:
    kept = [n for n in TRACKED if n.endswith((".pem", ".key", ".p12", ".sqlite", ".log", ".mo"))]
    assert kept == []
    assert [n for n in TRACKED if n.startswith(("build/", "node_modules/", ".venv"))] == []

"""Addresses in what somebody got: what leads to our own pages, and what leads elsewhere.

A QR code mostly is one address. That of a recruiter's or an employer's page here means them; one
of another site proves nothing, whatever number or name of ours is written into it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from recruitment.registries import OF_RECRUITERS, normal_number

MOST_LINKS = 20
LONGEST_HOST = 80
"""Letters of a host that are told; of a longer one the end, which says whose it is."""

_LINK = re.compile(
    r"https?:[/\\]*[^\s<>\"]+|(?<![\w@.-])(?:www\.[^\s<>\"]+|(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/[^\s<>\"]*)",
    re.IGNORECASE,
)
_BACK = "\\"
_PORTS = (None, 80, 443)
"""What nobody writes, or anybody may."""

_AFTER = ".,;:!?)]}'»”"
_PERMIT, _RECRUITER, _EMPLOYER = "/v", "/reclutadores/", "/empleador/"


@dataclass(frozen=True)
class Links:
    """What the addresses of a text lead to; `rest` is the text without them.

    `elsewhere` are the hosts of other sites as a browser would ask for them, each once.
    """

    rest: str
    numbers: tuple[str, ...] = ()
    employers: tuple[UUID, ...] = ()
    permit: bool = False
    elsewhere: tuple[str, ...] = ()


def links_in(text: str, site: str) -> Links:
    """Read the addresses of a text; `site` is our own, as "https://vereda.example"."""
    found = [one.group().rstrip(_AFTER) for one in _LINK.finditer(text)][:MOST_LINKS]
    split = [one for one in map(_split, found) if one is not None]
    home = _whose(urlsplit(site))
    paths = [one.path for one in split if _whose(one) == home]
    hosts = (_host(one) for one in split if _whose(one) != home)
    return Links(
        _LINK.sub(" ", text),
        tuple(dict.fromkeys(_numbers(paths))),
        tuple(dict.fromkeys(_employers(paths))),
        _PERMIT in paths,
        tuple(dict.fromkeys(host for host in hosts if host)),
    )


def _split(link: str) -> SplitResult | None:
    """Its parts as a browser takes them: slashes lean either way, and one too many is none."""
    scheme, colon, rest = link.partition(":")
    if not (colon and scheme.lower() in ("http", "https")):
        scheme, rest = "http", link
    try:
        split = urlsplit(f"{scheme}://{rest.replace(_BACK, '/').lstrip('/')}")
        _ = split.port
    except ValueError:
        return None
    return split


def _whose(split: SplitResult) -> tuple[str, int | None]:
    """By whom it is answered, whatever stands before the host as if it were a user's name."""
    port = split.port
    return split.hostname or "", None if port in _PORTS else port


def _host(split: SplitResult) -> str:
    """As a browser asks for it: letters of another writing cannot pass for ours."""
    host = unquote(split.hostname or "")
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = host.encode("ascii", "replace").decode("ascii")
    return plain[-LONGEST_HOST:]


def _numbers(paths: list[str]) -> Iterator[str]:
    """The licences whose pages they are."""
    for path in paths:
        registry, _, number = path.removeprefix(_RECRUITER).partition("/")
        known = registry in {one.value for one in OF_RECRUITERS}
        if path.startswith(_RECRUITER) and known and "/" not in number:
            yield normal_number(unquote(number))


def _employers(paths: list[str]) -> Iterator[UUID]:
    """The employers whose pages they are."""
    for path in paths:
        if path.startswith(_EMPLOYER):
            try:
                yield UUID(path.removeprefix(_EMPLOYER))
            except ValueError:
                continue

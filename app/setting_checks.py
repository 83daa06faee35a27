"""What a single setting must look like; a ValueError says it without the value."""

import ipaddress
import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from permits.quiet_hours import read_hours

DEMO_PASSPHRASE = "demonstration only"  # noqa: S105
"""Encrypts the demonstration's keys; production refuses to start without its own."""

DEMO_ISSUER = "https://vereda.example"

OFF = "off"
"""Says of a neighbour service that there is none, on purpose."""


def split_list(value: object) -> object:
    """The parts of a text between its commas, blanks aside; what is no text stays."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def absolute(value: Path) -> Path:
    """A path that means the same wherever the process stands."""
    return value.expanduser().absolute()


def absolute_if_set(value: Path | None) -> Path | None:
    """The same of a path that may be missing."""
    return absolute(value) if value else None


def check_networks(value: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses or networks."""
    for network in value:
        ipaddress.ip_network(network, strict=False)
    return value


def check_origins(value: tuple[str, ...]) -> tuple[str, ...]:
    """Scheme, host and perhaps port, and nothing more."""
    for origin in value:
        parts = urlsplit(origin)
        if origin != f"{parts.scheme}://{parts.netloc}" or not parts.hostname:
            raise ValueError("must be origins, as https://registro.example:8443")
    return value


def check_duty(value: tuple[str, ...]) -> tuple[str, ...]:
    """One e-mail address, one phone with its country code, or both."""
    mails = [one for one in value if re.fullmatch(r"[^@\s]+@[^@\s]+", one)]
    phones = [one for one in value if re.fullmatch(r"\+[1-9][0-9]{6,14}", one)]
    if len(mails) > 1 or len(phones) > 1 or len(mails) + len(phones) < len(value):
        raise ValueError("must be one e-mail address, one phone as +504…, or both by comma")
    return value


def check_clamd(value: str) -> str:
    """Where a clamd listens."""
    port = value.rpartition(":")[2]
    if value in {"", OFF} or value.startswith("/") or (port.isdigit() and port != value):
        return value
    raise ValueError("must be host:port, the path of a socket, or off")


def check_quiet_hours(value: str) -> str:
    """Hours of the night, or none."""
    if value != OFF:
        read_hours(value)
    return value


def check_database(value: SecretStr | None) -> SecretStr | None:
    """An address of PostgreSQL."""
    schemes = {"postgresql", "postgresql+psycopg"}
    if value and urlsplit(value.get_secret_value()).scheme not in schemes:
        raise ValueError("must begin with postgresql://; PostgreSQL is the only engine")
    return value


def check_sms(value: SecretStr | None) -> SecretStr | None:
    """An address of an SMS gateway; plain http only for one on the same machine."""
    if value is None or value.get_secret_value() == OFF:
        return value
    parts = urlsplit(value.get_secret_value())
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise ValueError("must be an https URL, or off")
    return value


def check_issuer(value: str) -> str:
    """An https URL without a final slash: it stands in every credential, letter by letter."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.netloc or value.endswith("/"):
        raise ValueError("must be an https URL without a final slash")
    return value


def check_public_url(value: str) -> str:
    """What people type, without a final slash."""
    if value and (urlsplit(value).scheme not in {"http", "https"} or value.endswith("/")):
        raise ValueError("must be an http or https URL without a final slash")
    return value


def check_store(value: str) -> str:
    """A folder or a bucket."""
    if value and urlsplit(value).scheme not in {"file", "s3"}:
        raise ValueError("must begin with file:// or s3://")
    return value


def check_watch_list(value: str) -> str:
    """A file, or a service."""
    parts = urlsplit(value)
    named = (parts.scheme == "file" and parts.path) or (parts.scheme == "https" and parts.hostname)
    if value in {"", OFF} or named:
        return value
    raise ValueError("must be file:///path, an https URL, or off")

"""Registries of others over HTTPS: one number asked, or the whole list fetched.

A number is asked by POST with `{"number": "…"}`, so that it stands in no address and no log of
theirs, and the answer is `{"as_of": "2026-11-01", "entry": null}` or an entry with the columns of
`recruitment.registries.COLUMNS`. The list is the CSV of the same columns, by GET. Whatever is not
a whole answer is an OSError, and then nothing is verified.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.adapters.outbound import Outbound, Refused, origin_of
from permits.errors import Invalid
from recruitment.registries import COLUMNS, Answer, Registry, read_entries


@dataclass(frozen=True)
class Service:
    """Where a registry answers, and the bearer token that it asks for, "" for none."""

    url: str
    token: str = ""


class HttpRegistries:
    """Asks the registries that the file names, through the guarded way out."""

    def __init__(self, outbound: Outbound, services: Mapping[Registry, Service]) -> None:
        self._outbound, self._services = outbound, services

    def answers(self, registry: Registry) -> bool:
        """Whether this one is asked over the network."""
        return registry in self._services

    def ask(self, registry: Registry, number: str) -> Answer:
        """What it says of a number; OSError."""
        service = self._services[registry]
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        body = json.dumps({"number": number}).encode()
        reply = self._outbound.post(service.url, body, headers | _authorised(service))
        if reply.status != 200:
            raise OSError(f"the registry answered {reply.status}")
        try:
            told = reply.json()
            as_of = date.fromisoformat(told["as_of"])
            entry = told["entry"]
            if entry is None:
                return Answer(None, as_of)
            row = {name: str(entry.get(name) or "") for name in COLUMNS}
            return Answer(read_entries([row])[0], as_of)
        except (ValueError, TypeError, KeyError, AttributeError, Invalid):
            raise OSError("the registry gave no whole answer") from None

    def fetch(self, registry: Registry) -> bytes:
        """Its whole list; OSError."""
        service = self._services[registry]
        reply = self._outbound.get(service.url, {"Accept": "text/csv"} | _authorised(service))
        if reply.status != 200:
            raise OSError(f"the registry answered {reply.status}")
        return reply.body


def read_services(path: Path | None) -> Mapping[Registry, Service]:
    """The file of the registries' services; ValueError that names the table which is wrong."""
    if path is None:
        return {}
    found = {}
    for name, told in tomllib.loads(path.read_text(encoding="utf-8")).items():
        wrong = not isinstance(told, dict) or set(told) - {"url", "token"} or "url" not in told
        if name not in set(Registry) or wrong:
            raise ValueError(f"[{name}] is no registry, or has not just url and token")
        try:
            origin_of(str(told["url"]))
        except Refused:
            raise ValueError(f"[{name}].url is no address") from None
        found[Registry(name)] = Service(str(told["url"]), str(told.get("token", "")))
    return found


def _authorised(service: Service) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.token}"} if service.token else {}

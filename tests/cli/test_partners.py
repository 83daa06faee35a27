"""`vereda partners`: whose permits count, shown and asked before, refused in words, in the log."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.adapters.keyring import KeyRing
from app.cli import cli
from app.demo.partner import ISSUER, NAME, partner_of, sign_list
from app.settings import DEMO_PASSPHRASE, Settings
from app.storage.audit import audit_events
from app.web.clock import utc_now
from permits import trust_list
from permits.partners import Partner, write_partner
from permits.signing import fingerprint
from tests.cli.drill import house
from tests.cli.test_commands import users_of
from tests.databases import Database

pytestmark = [pytest.mark.feature("D7")]


class Place:
    """A house, the folder in which a partner publishes, and the file that it sent."""

    def __init__(self, database: Database, folder: Path) -> None:
        house(database, folder)
        self.database, self.folder = database, folder
        self.partner = partner_of(folder / "theirs")
        (folder / "theirs" / "demo").mkdir(parents=True)
        (folder / "theirs" / "demo" / "partner.cwt").write_bytes(sign_list(utc_now()))

    @property
    def variables(self) -> Mapping[str, str]:
        return {**users_of(self.database), "VEREDA_DATA_DIR": str(self.folder)}

    def run(self, *words: str, code: int = 0, answer: str = "") -> str:
        done = CliRunner().invoke(cli, ["partners", *words], env=self.variables, input=answer)
        assert done.exit_code == code, done.output
        return done.output

    def file(self, partner: Partner) -> str:
        path = self.folder / "partner.json"
        path.write_text(json.dumps(write_partner(partner)))
        return str(path)

    def rows(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = json.loads(self.run("list", "--json"))
        return told

    def log(self) -> list[str]:
        query = select(audit_events.c.act).where(audit_events.c.act.like("partner%"))
        with self.database.sessions() as session:
            return list(session.execute(query.order_by(audit_events.c.id)).scalars())

    def issuers(self) -> set[str]:
        """Whose keys the served trust list names."""
        ring = KeyRing(self.folder / "keys", DEMO_PASSPHRASE, Settings().issuer)
        served = trust_list.read(ring.trust_list(), ring.roots())
        return {key.issuer for key in served.keys.values()}


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


def test_a_partner_is_added_after_its_fingerprints_were_compared(place: Place) -> None:
    file = place.file(place.partner)
    asked = place.run("add", file, code=1, answer="n\n")
    for key in place.partner.keys:
        assert fingerprint(key.public) in asked
    assert (place.rows(), place.log()) == ([], [])
    told = place.run("add", file, answer="y\n")
    assert f"{NAME} counts here: {ISSUER}." in told
    rows = place.rows()
    assert [(row["issuer"], row["countries"], row["use"]) for row in rows] == [
        (ISSUER, "GTM", "permit"),
        (ISSUER, "GTM", "status"),
    ]
    assert ISSUER in place.issuers()
    assert place.log() == ["partner:add", "partner-list:take"]
    assert len(list((place.folder / "public" / "st" / "partners").iterdir())) == 1


def test_a_partner_is_removed_only_where_it_is_said_that_its_permits_end(place: Place) -> None:
    place.run("add", place.file(place.partner), "--yes")
    refused = place.run("remove", ISSUER, code=1)
    assert "(partner-in-force). Its permits count until 2036-01-01." in refused
    assert place.run("remove", ISSUER, "--in-force", code=1, answer="n\n").count(NAME) == 1
    assert ISSUER in place.issuers()
    place.run("remove", ISSUER, "--in-force", "--yes")
    assert place.rows() == []
    assert place.issuers() == {Settings().issuer}
    assert place.log() == ["partner:add", "partner-list:take", "partner:remove"]
    assert list((place.folder / "public" / "st" / "partners").iterdir()) == []
    assert "(partner-unknown)" in place.run("remove", ISSUER, code=1)


def test_a_file_that_would_turn_people_away_or_is_none_is_refused(place: Place) -> None:
    place.run("add", place.file(place.partner), "--yes")
    shorter = tuple(replace(key, expires=key.expires - 1) for key in place.partner.keys)
    told = place.run("add", place.file(replace(place.partner, keys=shorter)), "--yes", code=1)
    assert "(partner-lacks-key)" in told
    (place.folder / "x.json").write_text("[]")
    assert "issuer:" in place.run("add", str(place.folder / "x.json"), code=1)
    (place.folder / "x.json").write_text("{")
    assert "no JSON" in place.run("add", str(place.folder / "x.json"), code=1)
    assert place.log() == ["partner:add", "partner-list:take"]

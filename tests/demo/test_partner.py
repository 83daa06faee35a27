"""The demonstration's partner: it lives by itself, and its permit is green in both readers."""

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.adapters.keyring import KeyRing
from app.adapters.list_sources import ListSources
from app.adapters.outbound import Outbound
from app.adapters.public_folder import PublicFolder
from app.demo.partner import ISSUER, LIST, NAME, keep_partner
from app.services import partners, published
from app.services.posts import names_of_issuers
from app.services.verification import check_permit
from app.services.work import Work
from app.storage.database import Session
from app.web.clock import utc_now
from permits.people import SYSTEM
from tests import outside
from tests.builders import work_of

SCANNER = Path(__file__).with_name("scan.mjs")


@pytest.fixture
def work(session: Session, tmp_path: Path) -> Work:
    """A demonstration as it is deployed: keys and public files in folders."""
    ring = KeyRing(tmp_path / "keys", "correct horse", outside.ISSUER)
    ring.prepare(utc_now(), utc_now() - timedelta(days=400))
    ports = replace(
        outside.ports(),
        keys=ring,
        public=PublicFolder(tmp_path / "public"),
        partner_lists=ListSources(Outbound()),
    )
    return work_of(session, SYSTEM, ports, utc_now())


def keep(work: Work, tmp_path: Path, **later: int) -> tuple[int, Work]:
    then = replace(work, now=work.now + timedelta(**later))
    return keep_partner(then, tmp_path / "public"), then


def test_its_permit_is_green_with_its_issuer_named(work: Work, tmp_path: Path) -> None:
    assert (keep(work, tmp_path)[0], keep(work, tmp_path)[0]) == (1, 0)
    check = check_permit(work, published.get_sample(work))
    assert (check.verdict.colour.value, check.verdict.reason.value) == ("green", "ok")
    assert check.issuer is not None
    assert (check.issuer.uri, check.issuer.name, check.issuer.countries) == (ISSUER, NAME, ("GTM",))
    assert check.verdict.claims is not None
    assert check.verdict.claims.departments == ("GT-20",)
    assert names_of_issuers(work) == {ISSUER: f"{NAME} (GTM)"}


def test_the_scanner_reads_it_from_the_published_files_alone(work: Work, tmp_path: Path) -> None:
    """The scanner's own modules, with what a device is served and the roots that it pins."""
    keep(work, tmp_path)
    points = [root.public_numbers() for root in work.ports.keys.roots()]
    given = {
        "roots": [{"x": f"{point.x:064x}", "y": f"{point.y:064x}"} for point in points],
        "trust": work.ports.keys.trust_list().hex(),
        "lists": [token.hex() for token in published.list_tokens(work)],
        "now": int(work.now.timestamp()),
        "text": published.get_sample(work),
    }
    done = subprocess.run(
        ["node", SCANNER], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {"colour": "green", "reason": "ok", "issuer": ISSUER, "departments": ["GT-20"]}


def test_it_lives_by_itself(work: Work, tmp_path: Path) -> None:
    keep(work, tmp_path)
    files = work.ports.public

    def after(**later: int) -> tuple[bool, bool, str]:
        before = files.get(LIST), published.get_sample(work)
        _, then = keep(work, tmp_path, **later)
        partners.take_lists(then)
        check = check_permit(then, published.get_sample(work))
        now = files.get(LIST), published.get_sample(work)
        return now[0] != before[0], now[1] != before[1], check.verdict.reason.value

    assert after(minutes=59) == (False, False, "ok")
    assert after(minutes=61) == (True, False, "ok")
    assert after(days=29) == (True, False, "ok")


def test_its_permit_is_made_anew_before_it_ends(work: Work, tmp_path: Path) -> None:
    keep(work, tmp_path)
    first = published.get_sample(work)
    keep(work, tmp_path, days=58)
    assert published.get_sample(work) == first
    keep(work, tmp_path, days=59)
    assert published.get_sample(work) != first


def test_a_moved_folder_is_taken_in(work: Work, tmp_path: Path) -> None:
    keep(work, tmp_path)
    assert keep_partner(work, tmp_path / "elsewhere") == 1
    (partner,) = partners.list_partners(work)
    assert partner.status_lists[0].source == (tmp_path / "elsewhere" / LIST).as_uri()

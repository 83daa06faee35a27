"""A permit is taken by somebody else's wallet, shown in part, and ends with the permit."""

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.services import credentials
from permits import qr
from permits.issuing import RevocationReason
from permits.permit_claims import PermitClaims, read_claims
from permits.wallets import VCT
from tests.builders import Story
from tests.journeys.lives import Lives
from tests.journeys.site import Site

PROGRAM = Path(__file__).parents[1] / "wallet.mjs"
OFFER = re.compile(r'href="(openid-credential-offer://[^"]+)"')

pytestmark = pytest.mark.journey


@pytest.fixture
def story(site: Site) -> Story:
    """A worker with a signed permit, whose list is published."""
    with site.database.sessions.begin() as session:
        story = Lives(site, session).permit()
    site.work()
    return story


def browser(site: Site, story: Story) -> httpx2.Client:
    with site.database.sessions.begin() as session:
        token = Lives(site, session).token(story.worker)
    return httpx2.Client(base_url=site.url, cookies={"vereda": token})


def offered(page: httpx2.Client, site: Site, story: Story) -> str:
    """The link of the page, as the button has it."""
    with site.database.sessions.begin() as session:
        story.session = session
        credential = Lives(site, session).credential(story)
    path = f"/mi-permiso/{credential.id}/billetera"
    assert "Una billetera digital" in page.get(path).text
    shown = page.post(path, headers={"Origin": site.url})
    found = OFFER.search(shown.text)
    assert found is not None, shown.text
    return html.unescape(found[1])


def wallet(given: str, site: Site) -> dict[str, Any]:
    """What the wallet tells of an offer or a permit; an assertion where it could not take it."""
    command: list[str | Path] = ["node", PROGRAM, given, site.url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def claims_of(site: Site, story: Story) -> PermitClaims:
    with site.database.sessions.begin() as session:
        story.session = session
        text = Lives(site, session).credential(story).text
    assert text is not None
    return read_claims(qr.read(text).payload)


def revoke(site: Site, story: Story) -> None:
    with site.database.sessions.begin() as session:
        story.session, story.now = session, site.now()
        found = Lives(site, session).credential(story)
        credentials.revoke_credential(
            story.work(story.setrass), found.id, RevocationReason.LOST, seen_version=found.version
        )
    site.work()


@pytest.mark.feature("W13")
def test_a_wallet_takes_the_permit_and_shows_no_more_than_its_holder_chose(
    site: Site, story: Story
) -> None:
    with browser(site, story) as page:
        told = wallet(offered(page, site, story), site)
    permit, whole, shown = claims_of(site, story), told["whole"], told["shown"]
    assert told["refused"] == ""
    assert whole["document_number"] == permit.document_number
    assert whole["number"] == permit.number
    assert whole["date_of_birth"] == permit.date_of_birth.isoformat()
    assert (whole["vct"], whole["exp"]) == (VCT, int(permit.expires.timestamp()))
    assert whole["status"]["status_list"] == {"idx": permit.status_index, "uri": permit.status_uri}
    assert whole["cnf"]["jwk"] == told["publicJwk"]
    assert shown["full_name"] == permit.full_name
    hidden = {"document_number", "number", "date_of_birth", "sex", "employer_name", "nationality"}
    assert hidden & shown.keys() == set()
    names = told["metadata"]["credential_configurations_supported"]["work-permit"]
    assert [one["locale"] for one in names["credential_metadata"]["display"]] == ["es", "en"]


@pytest.mark.feature("W13")
def test_a_code_is_used_once_and_a_revoked_permit_is_refused_by_the_same_list(
    site: Site, story: Story
) -> None:
    with browser(site, story) as page:
        link, later = (offered(page, site, story) for _ in range(2))
        taken = wallet(link, site)
        assert taken["refused"] == ""
        with pytest.raises(AssertionError, match="invalid_grant"):
            wallet(link, site)
        assert wallet(taken["credential"], site)["refused"] == ""
        revoke(site, story)
        assert wallet(taken["credential"], site)["refused"] == "Status is not valid"
        with pytest.raises(AssertionError, match="invalid_grant"):
            wallet(later, site)

"""Anybody's phone checks a permit by its link; the code stays in the browser."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from app.services import credentials, status_lists
from permits.issuing import RevocationReason
from permits.people import SYSTEM
from tests.builders import Story, add_vacancy, work_of
from tests.journeys.site import Site


def permit_text(site: Site) -> tuple[Story, str]:
    """A permit that counts today, and the text of its symbol."""
    today = site.now().date()
    with site.database.sessions.begin() as session:
        story = Story(session, site.house.ports, site.now())
        vacancy = add_vacancy(
            session,
            site.house.ports,
            starts_on=today - timedelta(days=1),
            ends_on=today + timedelta(days=50),
        )
        story.start(vacancy=str(vacancy)).submit().approve().sign()
        permit = credentials.find_permit_of(story.work(story.worker), story.id)
        assert permit is not None
        assert permit.credential.text is not None
        status_lists.publish_status_list(
            work_of(session, SYSTEM, site.house.ports, site.now()), permit.credential.status_list
        )
    return story, permit.credential.text


def revoke(site: Site, story: Story) -> None:
    """The card is lost, and the list says so."""
    with site.database.sessions.begin() as session:
        story.session = session
        permit = credentials.find_permit_of(story.work(story.worker), story.id)
        assert permit is not None
        revoked = credentials.revoke_credential(
            story.work(story.setrass),
            permit.credential.id,
            RevocationReason.LOST,
            seen_version=permit.credential.version,
        )
        later = work_of(session, SYSTEM, site.house.ports, site.now() + timedelta(seconds=1))
        status_lists.publish_status_list(later, revoked.status_list)


def told(page: Page, url: str) -> str:
    """What the page says of a link."""
    page.goto("about:blank")
    page.goto(url)
    expect(page.locator("#result")).to_be_visible()
    return page.locator("#result").inner_text()


@pytest.mark.asvs("14.2.1")
@pytest.mark.journey
@pytest.mark.feature("B10")
def test_a_link_tells_the_verdict_and_initials_and_never_leaves_the_phone(
    site: Site, chrome: Browser
) -> None:
    story, text = permit_text(site)
    link = f"{site.url}/v#{quote(text)}"
    context = chrome.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))

    said = told(page, link)
    assert said.startswith("VÁLIDO")
    assert "M. Á. G. Ñ." in said
    assert "Gutiérrez" not in page.content()
    assert "Cosecha de café Honduras–Guatemala" in said

    middle = len(text) // 2
    forged = text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :]
    assert told(page, f"{site.url}/v#{quote(forged)}").startswith("NO VÁLIDO")

    revoke(site, story)
    said = told(page, link)
    assert said.startswith("NO VÁLIDO")
    assert "El permiso fue revocado." in said

    assert not [request for request in sent if quote(text)[:24] in request or text[:24] in request]
    context.close()

"""No agency sees a grown companion before they say yes themselves; a no forgets them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.services import companion_consents, companions
from app.services.companion_consents import LINK_LIFETIME
from app.services.companions import Told
from app.services.dossiers import read_dossier
from app.storage import audit
from app.storage.outbox import outbox
from permits.audit import Act
from permits.companions import Companion, CompanionWay, Relation
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import NOBODY, Role
from tests.builders import PHONE, Story, add_official, work_of

ANA = Told(Relation.SPOUSE, "Ana Paz", date(1995, 1, 2), "A5577", "+50255512399")

pytestmark = pytest.mark.feature("W24")


@pytest.fixture
def told(story: Story) -> Story:
    """A case whose worker told of a grown companion."""
    companions.add_companion(story.start().submit().work(story.worker), story.id, ANA)
    return story


def own(story: Story) -> list[Companion]:
    return companions.list_own(story.work(story.worker), story.id)


def seen(story: Story) -> list[str]:
    dossier = read_dossier(story.work(story.inm), story.id)
    return [one.full_name for one in dossier.companions]


def links(story: Story) -> list[str]:
    """The tokens that were sent, the oldest first; each goes to the companion's phone alone."""
    rows = story.session.scalars(
        select(outbox.c.payload)
        .where(outbox.c.kind == "notice", outbox.c.key.startswith("companion-asked"))
        .order_by(outbox.c.id)
    ).all()
    assert {row["phone"] for row in rows} <= {ANA.phone}
    return [row["facts"]["link"].rpartition("/")[2] for row in rows]


def answer(story: Story, token: str, *, agrees: bool) -> None:
    work = work_of(story.session, NOBODY, story.ports, story.now)
    companion_consents.answer_link(work, token, agrees=agrees)


def test_a_yes_by_the_own_link_lets_the_agencies_see_them_and_a_later_no_forgets(
    told: Story,
) -> None:
    assert (seen(told), [one.awaits_consent for one in own(told)]) == ([], [True])
    [token] = links(told)
    asked = companion_consents.read_link(told.work(NOBODY), token)
    assert asked.worker_name == "María Ángela Gutiérrez Ñamendí"
    for _ in range(2):  # pressed twice
        answer(told, token, agrees=True)
    [one] = own(told)
    assert (seen(told), one.way, one.consented_at) == (["Ana Paz"], CompanionWay.LINK, told.now)
    acts = [event.act for event in audit.list_events(told.session, told.id)]
    assert acts.count(Act.COMPANION_CONSENTED) == 1
    answer(told, token, agrees=False)
    assert (seen(told), own(told)) == ([], [])
    with pytest.raises(NotFound, match="no-such-question"):
        answer(told, token, agrees=True)


def test_another_link_ends_the_one_before_and_nobody_is_pressed(told: Story) -> None:
    [one] = own(told)
    work = told.work(told.worker)
    assert companions.add_companion(work, told.id, ANA) == one  # pressed twice
    assert len(links(told)) == 1
    sent = [companion_consents.ask_again(work, told.id, one.id) for _ in range(3)]
    assert sent == [True, True, False]
    first, _, last = links(told)
    companions.remove_companion(work, told.id, one.id)
    again = companions.add_companion(work, told.id, ANA)  # the same phone is pressed no more
    assert (again.awaits_consent, len(links(told))) == (True, 3)
    with pytest.raises(NotFound):
        answer(told, first, agrees=True)
    with pytest.raises(NotFound):
        answer(replace_now(told), last, agrees=True)


def replace_now(story: Story) -> Story:
    """After the link's time."""
    story.now += LINK_LIFETIME
    return story


def test_a_mark_stands_with_its_witness_and_a_no_is_a_no(told: Story) -> None:
    companions.add_companion(
        told.work(told.worker), told.id, replace(ANA, full_name="Rosa Paz", phone="")
    )
    brigade = add_official(told.session, told.ports, Role.FACILITATOR)
    work, receipt = told.work(brigade), told.application.receipt or ""
    found, waiting = companion_consents.list_unanswered(work, receipt)
    assert (found.id, sorted(one.full_name for one in waiting)) == (
        told.id,
        ["Ana Paz", "Rosa Paz"],
    )
    by_name = {one.full_name: one.id for one in waiting}
    for _ in range(2):  # pressed twice
        companion_consents.witness_answer(work, by_name["Rosa Paz"], agrees=True)
    companion_consents.witness_answer(work, by_name["Ana Paz"], agrees=False)
    [rosa] = own(told)
    assert (rosa.way, rosa.witness, seen(told)) == (
        CompanionWay.WITNESSED,
        brigade.person,
        ["Rosa Paz"],
    )
    with pytest.raises(Conflict, match="no-consent-wanted"):
        companion_consents.witness_answer(work, rosa.id, agrees=False)
    with pytest.raises(NotFound):
        companion_consents.list_unanswered(work, "2026-0000-0000")
    with pytest.raises(Forbidden):
        companion_consents.list_unanswered(told.work(told.worker), receipt)


def test_nobody_says_yes_on_the_workers_own_phone(told: Story) -> None:
    with pytest.raises(Invalid) as refused:
        companions.add_companion(told.work(told.worker), told.id, replace(ANA, phone=PHONE))
    assert [(one.code, one.field) for one in refused.value.faults] == [("phone-of-worker", "phone")]

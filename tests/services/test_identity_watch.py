"""A name that is asked for is asked of the watch list before INM approves it."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import identity_changes, own_data, second_looks, watch
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.identity_changes import IdentityChange, IdentityOutcome
from permits.people import SYSTEM, Actor
from permits.watch import SecondLook
from tests import outside
from tests.builders import Story
from tests.renamed import ask as ask_change
from tests.renamed import right_of
from tests.services.test_watch import REFERENCE, List, ask, second_look

TOLD = "Puede presentar otra prueba."


@pytest.fixture
def listed() -> List:
    return List()


@pytest.fixture
def ports(listed: List) -> Ports:
    return replace(outside.ports(), watch=listed)


@pytest.fixture
def permitted(session: Session, ports: Ports) -> Story:
    """A permit about whose worker the list found nothing."""
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    return story.decide(story.inm, Opinion.APPROVE).sign()


def say(story: Story, actor: Actor, *, granted: bool = True) -> str | IdentityChange:
    """An official's word on the wish; the code of what refuses it."""
    try:
        with story.session.begin_nested():
            return identity_changes.decide_change(
                story.work(actor), story.id, "" if granted else "No.", granted=granted
            )
    except (Conflict, Forbidden) as refusal:
        return refusal.code


@pytest.mark.feature("O14", "O15")
@pytest.mark.promise("P5")
def test_inm_approves_a_new_name_once_the_list_was_asked_about_it(
    permitted: Story, listed: List
) -> None:
    ask_change(permitted)
    before = len(listed.asked)
    assert say(permitted, permitted.inm) == "check-open"  # nobody has asked yet
    assert say(permitted, permitted.inm, granted=False) == "check-open"
    listed.away = True
    ask(permitted)
    assert say(permitted, permitted.inm) == "check-open"  # unavailable is never clear
    later = permitted.now + watch.PATIENCE * 2
    assert watch.count_unanswered(permitted.session, later) == 1
    assert not isinstance(say(permitted, permitted.setrass), str)
    listed.away, listed.found = False, (REFERENCE,)
    permitted.later(hours=1)
    ask(permitted)
    query = listed.asked[-1]
    assert (len(listed.asked) > before, query.surnames, query.nationality) == (
        True,
        "Gutiérrez de Paz",
        "GTM",
    )
    assert say(permitted, permitted.inm) == "check-open"


@pytest.mark.feature("O14", "O15")
@pytest.mark.promise("P5")
def test_a_name_that_was_found_waits_for_a_second_look_and_is_asked_about_again(
    permitted: Story, listed: List
) -> None:
    listed.found = (REFERENCE,)
    seen = ask_change(permitted)
    say(permitted, permitted.setrass)
    ask(permitted)
    with pytest.raises(IntegrityError, match="check of the new data"):
        forge(permitted, seen)
    looker = second_look(permitted)
    ((check, receipt),) = second_looks.list_hits(permitted.work(looker))
    hit = second_looks.read_hit(permitted.work(looker), check.id)
    assert hit.change is not None
    assert (receipt, hit.change.id) == (permitted.application.receipt, seen.id)
    second_looks.look_again(permitted.work(looker), check.id, SecondLook.CLEAR, "Otra persona.")
    listed.found = (REFERENCE, "INTERPOL-99/2026")
    permitted.later(days=1)
    assert watch.ask_again(permitted.work(SYSTEM)) == 1  # who was listed since is found
    assert say(permitted, permitted.inm) == "check-open"
    ((again, _),) = second_looks.list_hits(permitted.work(looker))
    assert again.id == check.id
    second_looks.look_again(permitted.work(looker), check.id, SecondLook.CLEAR, "Tampoco.")
    done = say(permitted, permitted.inm)
    assert isinstance(done, IdentityChange)
    assert done.outcome is IdentityOutcome.GRANTED


@pytest.mark.feature("O14", "O15")
def test_what_a_second_look_upholds_refuses_the_name_and_tells_nothing_of_the_list(
    permitted: Story, listed: List
) -> None:
    ask_change(permitted)
    listed.found = (REFERENCE,)
    ask(permitted)
    right = right_of(permitted)
    work = permitted.work(second_look(permitted))
    ((check, _),) = second_looks.list_hits(work)
    with pytest.raises(Invalid) as silent:
        second_looks.look_again(work, check.id, SecondLook.REFUSE, "Confirmado.")
    assert [(one.code, one.field) for one in silent.value.faults] == [("missing", "told")]
    second_looks.look_again(work, check.id, SecondLook.REFUSE, "Confirmado.", TOLD)
    assert second_looks.list_hits(work) == []
    with pytest.raises(NotFound):
        second_looks.read_hit(work, check.id)
    assert right_of(permitted) == right  # the right is for two other people to take back
    assert say(permitted, permitted.inm) == "no-identity-change"
    own = own_data.read_own_data(permitted.work(permitted.worker), "json")
    assert (TOLD in str(own), REFERENCE in str(own)) == (True, False)
    for subject in (permitted.id, right.id):
        acts = [one.act for one in audit.list_events(permitted.session, subject)]
        assert not {act for act in acts if act.value.startswith("watch:")}
    assert [one.act for one in audit.list_events(permitted.session, check.id)][-1] is (
        Act.WATCH_REVIEWED
    )


def forge(story: Story, change: IdentityChange) -> None:
    """INM's approval past the service, as by hand."""
    sql = (
        "INSERT INTO identity_approvals (change, nth, before, worker, digest, agency_set, agency,"
        " official) SELECT id, 2, 1, worker, digest, agency_set, 'inm', :official"
        " FROM identity_changes WHERE id = :change"
    )
    with story.session.begin_nested():
        story.session.execute(text(sql), {"official": story.inm.person, "change": change.id})

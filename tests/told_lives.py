"""Lives in which everything happens that people are told of."""

from datetime import timedelta
from uuid import uuid4

from app.services import (
    acceptances,
    answer_terms,
    applications,
    check_ins,
    credentials,
    crews,
    employer_checks,
    return_referrals,
)
from app.services.ports import Ports
from app.services.return_surveys import ask_returned
from app.storage.database import Session
from permits.applications import Status
from permits.crossings import Direction
from permits.deadlines import legal_day
from permits.issuing import RevocationReason
from permits.people import SYSTEM, Role
from permits.programmes import Hiring
from recruitment.registrations import Judgement, RegistrationAction
from tests.abroad import unanswered
from tests.barred import bar
from tests.builders import NOW, Story, add_official, add_vacancy, work_of
from tests.crew_lists import as_csv, people
from tests.gone import left as gone
from tests.lapsed import lapsed, reminded
from tests.mended import asked_to_mend
from tests.offered import late_in_parts, offered_anew, paid_and_seen_elsewhere, place_ends
from tests.oriented import oriented
from tests.raised import asked_by_a_farm, overtaken
from tests.received import called_off
from tests.recourse import judge_twice
from tests.registered import handed_in, some_phone, verified
from tests.renamed import moved_and_renamed
from tests.rights import RightStory
from tests.services.test_return_referrals import NINE, WANTED
from tests.services.test_return_surveys import answer
from tests.services.test_stays import Border
from tests.services.test_submissions import links


def live_through_all(session: Session, ports: Ports) -> None:
    """Whatever a worker, an employer or a brigade is told of, once."""
    _decided(session, ports)
    _holding(session, ports)
    _stay(session, ports)
    _crew(session, ports)


def _decided(session: Session, ports: Ports) -> None:
    """Cases that were answered, refused, given back, or not answered in time."""

    def story() -> Story:
        return Story(session, ports)

    for status in (Status.REFUSED, Status.LAPSED, Status.WITHDRAWN):
        story().reach(status)
    silent = story().reach(Status.RETURNED).later(days=9)
    answer_terms.remind_returned(silent.work(SYSTEM))
    answer_terms.lapse_returned(silent.later(days=6).work(SYSTEM))
    answer_terms.reinstate_application(silent.work(silent.worker), silent.id)
    asked = story().start(hiring=Hiring.ON_ACCEPTANCE).submit()
    acceptances.answer_question(asked.work(SYSTEM), links(asked)[0], accepted=True)
    handed_in = story().start().submit()
    applications.withdraw_application(handed_in.work(handed_in.worker), handed_in.id)
    judge_twice(story().reach(Status.REFUSED))
    offered_anew(story().supervise().start().submit().ask().answer())
    bar(story().start().submit())


def _holding(session: Session, ports: Ports) -> None:
    """Rights, from the card to the way home."""

    def story() -> Story:
        return Story(session, ports)

    permitted = story().start().submit().approve().sign()
    work = permitted.work(permitted.setrass)
    permit = credentials.find_permit_of(work, permitted.id)
    assert permit is not None
    credentials.revoke_credential(
        work, permit.credential.id, RevocationReason.LOST, seen_version=permit.credential.version
    )
    moved_and_renamed(story().start().submit().approve().sign())
    bar(story().start().submit().approve().sign())
    RightStory(story().start().submit().approve().sign()).suspend().reinstate().lose_card()
    RightStory(story().start().submit().approve().sign()).propose().drop().propose().confirm()
    for lived in (
        unanswered,
        paid_and_seen_elsewhere,
        place_ends,
        asked_by_a_farm,
        overtaken,
        late_in_parts,
    ):
        lived(story())
    _season(oriented(gone(story().start().submit().approve().sign())))
    asked_to_mend(story())


def _season(story: Story) -> None:
    """The worker ends the right, is asked how it went, and has places at two offices."""
    RightStory(story).end()
    ask_returned(story.later(days=1).work(SYSTEM))
    answer(story, wants_help="yes")
    desk, day = story.supervise().work(story.supervisor), legal_day(story.now) + timedelta(days=3)
    way = return_referrals.refer(desk, story.id, WANTED)
    return_referrals.appoint(desk, story.id, way.id, day, NINE)
    called_off(story)


def _crew(session: Session, ports: Ports) -> None:
    """Somebody stands on a list that a brigade registered; two employers register alone."""
    verified(session, ports)
    back, officer = handed_in(session, ports, some_phone()), Role.SETRASS_OFFICER
    work = work_of(session, add_official(session, ports, officer), ports)
    said = Judgement(RegistrationAction.RETURN, "Falta una finca.")
    employer_checks.judge(work, back.registration.id, said)
    brigade = work_of(session, add_official(session, ports, Role.FACILITATOR), ports)
    rows = ports.sheets.read(as_csv(people(1)))
    crews.register_crew(brigade, uuid4(), add_vacancy(session, ports), rows, str)


def _stay(session: Session, ports: Ports) -> None:
    """Somebody comes in, is asked, and is not known to have left; others never set out."""
    reminded(Story(session, ports))
    lapsed(Story(session, ports))
    border = Border(session, ports)
    _, number, last = border.permit()
    border.cross(number, Direction.ENTRY, NOW + timedelta(days=9))
    check_ins.ask_due(border.work(SYSTEM, NOW + timedelta(days=16)))
    border.tell(last)
    border.tell(last + timedelta(days=2))

"""Every notice that the services leave is put into words, in each language and for each channel."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.adapters import sms_text
from app.adapters.wording import Letter, NoticeWording
from app.services import (
    acceptances,
    answer_terms,
    applications,
    check_ins,
    credentials,
    crews,
    employer_checks,
    notices,
    return_referrals,
)
from app.services.ports import Ports
from app.services.return_surveys import ask_returned
from app.storage import outbox
from app.storage.database import Session
from app.web.aloud import read_out
from app.web.i18n import OFFERED, locale_for
from permits.applications import Status
from permits.appointments import LONGEST_PLACE
from permits.approvals import Opinion
from permits.crossings import Direction
from permits.deadlines import legal_day
from permits.issuing import RevocationReason
from permits.notices import (
    ABOUT_ACCESS,
    ABOUT_ACCOUNTS,
    ABOUT_CHILDREN,
    ABOUT_COMPLAINTS,
    Notice,
    NoticeKind,
)
from permits.people import SYSTEM, Role
from permits.programmes import Hiring
from permits.quiet_hours import read_hours
from recruitment.registrations import Judgement, RegistrationAction
from tests.abroad import unanswered
from tests.barred import bar
from tests.builders import ANSWERS, NOW, PHONE, Story, add_official, add_vacancy, work_of
from tests.crew_lists import as_csv, people
from tests.gone import left as gone
from tests.lapsed import lapsed, reminded
from tests.mended import asked_to_mend
from tests.notice_facts import FACTS
from tests.offered import LEAVING, offered_anew
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

TEMPLATES = Path(__file__).parents[2] / "templates"
HERE = "http://localhost:8000"
LONG_HOST = "https://permisos.trabajo.gob.hn"
"""As long as the service's own address may be before an SMS needs a second part."""

LANGUAGES = [language.code for language in OFFERED]


def write_day(day: str, language: str) -> str:
    return locale_for(language).day(date.fromisoformat(day))


@pytest.fixture(scope="module")
def wording() -> NoticeWording:
    return NoticeWording(TEMPLATES, lambda code: locale_for(code).catalogue, write_day)


@pytest.fixture
def left(session: Session, ports: Ports) -> list[Notice]:
    """What the outbox holds after people have lived through everything that is told."""

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
    permitted = story().start().submit().approve().sign()
    work = permitted.work(permitted.setrass)
    permit = credentials.find_permit_of(work, permitted.id)
    assert permit is not None
    credentials.revoke_credential(
        work, permit.credential.id, RevocationReason.LOST, seen_version=permit.credential.version
    )
    _stay(session, ports)
    _crew(session, ports)
    judge_twice(story().reach(Status.REFUSED))
    offered_anew(story().supervise().start().submit().ask().answer())
    moved_and_renamed(story().start().submit().approve().sign())
    bar(story().start().submit())
    bar(story().start().submit().approve().sign())
    RightStory(story().start().submit().approve().sign()).suspend().reinstate().lose_card()
    RightStory(story().start().submit().approve().sign()).propose().drop().propose().confirm()
    for lived in (unanswered, *LEAVING, asked_by_a_farm, overtaken):
        lived(story())
    _season(oriented(gone(story().start().submit().approve().sign())))
    asked_to_mend(story())
    table = outbox.outbox.c
    rows = session.scalars(select(table.payload).where(table.kind == "notice").order_by(table.id))
    return [notices.read(row) for row in rows]


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


def letters(wording: NoticeWording, notice: Notice, language: str) -> list[Letter]:
    """The SMS and the e-mail of a notice, whatever ways its reader has."""
    both = replace(notice, language=language, phone=PHONE, email="x@demo.example")
    return list(wording.render(both))


@pytest.mark.feature("W11")
def test_every_kind_is_left_with_the_facts_that_its_texts_are_written_for(
    left: list[Notice],
) -> None:
    assert {notice.kind: frozenset(notice.facts) for notice in left} == FACTS
    elsewhere = ABOUT_ACCESS | ABOUT_ACCOUNTS | ABOUT_CHILDREN | ABOUT_COMPLAINTS
    assert set(FACTS) == set(NoticeKind) - elsewhere


@pytest.mark.feature("W11")
def test_what_may_wait_is_sent_in_the_morning_and_a_code_at_once(
    session: Session, ports: Ports
) -> None:
    night = NOW + timedelta(hours=13)  # ten in the evening in Honduras
    quiet = replace(ports, quiet_hours=read_hours("20:00-06:00"))
    work = work_of(session, SYSTEM, quiet, night)
    due = {}
    for kind in (NoticeKind.PERMIT_READY, NoticeKind.PHONE_CODE):
        notices.leave(work, Notice(kind, "es", kind.value, PHONE))
        found = select(outbox.outbox.c.due_at).where(outbox.outbox.c.key == kind.value)
        due[kind] = session.execute(found).scalar_one()
    assert due == {
        NoticeKind.PERMIT_READY: night + timedelta(hours=8),
        NoticeKind.PHONE_CODE: night,
    }
    notices.leave(work, Notice(NoticeKind.STAY_OVER, "es", "mail", None, "x@demo.example"))
    mail = select(outbox.outbox.c.due_at).where(outbox.outbox.c.key == "mail")
    assert session.execute(mail).scalar_one() == night


def test_there_is_a_folder_for_each_kind_and_no_other() -> None:
    folders = {path.name for path in (TEMPLATES / "notices").iterdir() if path.is_dir()}
    assert folders == {kind.value for kind in NoticeKind}


@pytest.mark.feature("W11", "W28", "N6")
def test_every_notice_is_one_sms_without_a_person_in_it(
    wording: NoticeWording, left: list[Notice]
) -> None:
    for notice, language in product(left, LANGUAGES):
        facts = {**notice.facts, "link": notice.facts["link"].replace(HERE, LONG_HOST)}
        if "due" in facts:
            facts["due"] = "2026-09-30"  # no date is longer in words
        if "hour" in facts:
            facts |= {"day": "2026-09-30", "place": "m" * LONGEST_PLACE}
        sms = letters(wording, replace(notice, facts=facts), language)[0].body

        assert sms.startswith("Vereda: ")
        assert sms_text.parts(sms) == 1, (sms_text.places(sms), sms)
        assert facts["receipt"] in sms
        assert [word for word in sms.split() if "://" in word] == [facts["link"]]
        said = read_out(sms, locale_for(language))
        assert "://" not in said
        assert re.search(r"\d{5}|\d-\d", said) is None, said
        assert " ".join(facts["receipt"][:4]) in said or facts["receipt"] == ""
        for personal in ("given_names", "surnames", "document_number"):
            assert sms_text.plain(str(ANSWERS[personal])) not in sms


def test_every_notice_is_an_e_mail_with_its_number_and_one_link(
    wording: NoticeWording, left: list[Notice]
) -> None:
    for notice, language in product(left, LANGUAGES):
        mail = letters(wording, notice, language)[1]

        assert 0 < len(mail.subject) <= 120
        assert notice.facts["receipt"] in mail.subject
        assert notice.facts["receipt"] in mail.body
        assert mail.body.count("://") == mail.body.count(notice.facts["link"]) == 1
        assert "\n\n\n" not in mail.body
        assert "%(" not in mail.body + mail.subject


@pytest.mark.feature("W11")
def test_a_returned_application_says_that_there_is_a_question_and_where_it_is(
    wording: NoticeWording, left: list[Notice]
) -> None:
    notice, *_ = (n for n in left if n.kind is NoticeKind.APPLICATION_RETURNED)
    sms, mail = letters(wording, notice, "es")
    receipt = notice.facts["receipt"]

    assert sms.body == (
        f"Vereda: hay una pregunta sobre su solicitud {receipt}. "
        f"Léala y responda aqui: {HERE}/mi-solicitud"
    )
    assert "¿Cuál es su segundo apellido?" in mail.body
    assert "SETRASS tiene una pregunta" in mail.body


@pytest.mark.feature("W3", "W11")
def test_a_draft_is_resumed_by_the_link_of_its_sms(
    wording: NoticeWording, left: list[Notice]
) -> None:
    notice = next(n for n in left if n.kind is NoticeKind.DRAFT_STARTED)
    sms = letters(wording, notice, "en")[0].body

    assert sms == (
        f"Vereda: your code is {notice.facts['code']}. Keep it and give it to nobody. "
        f"Your application is not sent yet. Go on here: {HERE}/retomar"
    )


def test_the_employer_is_asked_by_sms_and_by_e_mail(
    wording: NoticeWording, left: list[Notice]
) -> None:
    (notice,) = (n for n in left if n.kind is NoticeKind.EMPLOYER_ASKED)
    sms, mail = wording.render(notice)

    assert (sms.channel, sms.recipient) == ("sms", "+50499990000")
    assert (mail.channel, mail.recipient) == ("email", "cedral@demo.example")
    assert "«Corte de café»" in mail.subject


def test_a_fact_that_is_missing_stops_the_letter(wording: NoticeWording) -> None:
    notice = Notice(NoticeKind.PERMIT_READY, "es", "k", PHONE, None, {"receipt": "", "link": ""})
    with pytest.raises(Exception, match="'number' is undefined"):
        wording.render(notice)


def test_the_first_agency_is_told_of_without_promising_anything(
    wording: NoticeWording, story: Story, session: Session
) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    rows = session.scalars(select(outbox.outbox.c.payload).order_by(outbox.outbox.c.id.desc()))
    notice = notices.read(next(iter(rows)))
    body = letters(wording, notice, "es")[1].body

    assert notice.kind is NoticeKind.FIRST_AGENCY_APPROVED
    assert "Todavía no tiene permiso: no viaje aún." in body

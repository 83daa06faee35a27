"""Every notice that the services leave is put into words, in each language and for each channel."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.adapters import sms_text
from app.adapters.wording import Letter, NoticeWording
from app.services import (
    notices,
)
from app.services.ports import Ports
from app.storage import outbox
from app.storage.database import Session
from app.web.aloud import read_out
from app.web.i18n import OFFERED, locale_for
from permits.appointments import LONGEST_PLACE
from permits.approvals import Opinion
from permits.notices import (
    ABOUT_ACCESS,
    ABOUT_ACCOUNTS,
    ABOUT_CHILDREN,
    ABOUT_COMPLAINTS,
    Notice,
    NoticeKind,
)
from permits.people import SYSTEM
from permits.quiet_hours import read_hours
from tests import outside
from tests.builders import ANSWERS, NOW, PHONE, Story, work_of
from tests.conftest import rolled_back
from tests.notice_facts import FACTS
from tests.told_lives import live_through_all

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


@pytest.fixture(scope="module")
def left(engine: Engine) -> Sequence[Notice]:
    """What people were told who lived through everything that is told; lived once for all tests."""
    with rolled_back(engine) as session:
        live_through_all(session, outside.ports())
        table = outbox.outbox.c
        found = select(table.payload).where(table.kind == "notice").order_by(table.id)
        return tuple(notices.read(row) for row in session.scalars(found))


def letters(wording: NoticeWording, notice: Notice, language: str) -> list[Letter]:
    """The SMS and the e-mail of a notice, whatever ways its reader has."""
    both = replace(notice, language=language, phone=PHONE, email="x@demo.example")
    return list(wording.render(both))


@pytest.mark.feature("W11")
def test_every_kind_is_left_with_the_facts_that_its_texts_are_written_for(
    left: Sequence[Notice],
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
    wording: NoticeWording, left: Sequence[Notice]
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
    wording: NoticeWording, left: Sequence[Notice]
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
    wording: NoticeWording, left: Sequence[Notice]
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
    wording: NoticeWording, left: Sequence[Notice]
) -> None:
    notice = next(n for n in left if n.kind is NoticeKind.DRAFT_STARTED)
    sms = letters(wording, notice, "en")[0].body

    assert sms == (
        f"Vereda: your code is {notice.facts['code']}. Keep it and give it to nobody. "
        f"Your application is not sent yet. Go on here: {HERE}/retomar"
    )


def test_the_employer_is_asked_by_sms_and_by_e_mail(
    wording: NoticeWording, left: Sequence[Notice]
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

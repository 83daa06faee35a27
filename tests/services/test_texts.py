"""A text that two administrators changed is what is sent and printed from its day on."""

from datetime import date, timedelta

import pytest

from app.services import prints, texts
from app.services.ports import Ports
from app.services.texts import Version
from app.storage.database import Session
from permits.applications import Status
from permits.dated_changes import ChangeState
from permits.errors import Conflict, Forbidden, Invalid
from permits.notices import NoticeKind
from permits.people import SYSTEM, Actor, Role
from permits.texts import slot_id
from tests.builders import NOW, Story, add_official, work_of
from tests.house_texts import TEXTS
from tests.papers import words_of

READY = slot_id(
    "Vereda: su permiso %(number)s está listo (solicitud %(receipt)s)."
    " Guárdelo en el teléfono o imprímalo: %(link)s"
)
LETTER = slot_id("Las razones")
TAKEN = "Vereda: su cita: %(day)s, %(hour)s, %(place)s."
BESIDE = "Solicitud %(receipt)s: %(link)s"
DAY = date(2026, 12, 1)
NEW = {
    "es": "Vereda: ya tiene permiso %(number)s. Solicitud %(receipt)s. Mire: %(link)s",
    "en": "Vereda: you have permit %(number)s. Application %(receipt)s. See: %(link)s",
}


def version(told: dict[str, str], day: date = DAY) -> Version:
    return Version(told, "Acta 12 de la Mesa", day)


@pytest.fixture
def two(session: Session, ports: Ports) -> tuple[Actor, Actor]:
    one, other = (add_official(session, ports, Role.ADMINISTRATOR) for _ in range(2))
    return one, other


@pytest.mark.feature("D6", "W11")
def test_from_the_proposal_to_what_is_sent_and_printed(
    session: Session, ports: Ports, two: tuple[Actor, Actor]
) -> None:
    one, other = (work_of(session, who, ports, NOW) for who in two)
    long = {"es": NEW["es"] + " " + "Es gratis. " * 9, "en": NEW["en"]}
    with pytest.raises(Invalid) as refused:
        texts.propose_text(one, READY, version(long))
    assert [(f.code, f.field) for f in refused.value.faults] == [("sms-too-long", "es")]
    ((kind, sms, places),) = texts.preview_messages(one, READY, version(NEW), "es")
    assert (kind, sms.channel) == ("permit-ready", "sms")
    assert sms.body.startswith("Vereda: ya tiene permiso HN-")
    assert 0 < places <= texts.ONE_SMS
    assert (
        texts.preview_letter(
            one, LETTER, version(dict.fromkeys(("es", "en"), "Por que")), "letters/refusal", "es"
        )[:5]
        == b"%PDF-"
    )
    for slot, told in ((READY, NEW), (LETTER, {"es": "Por esto", "en": "For this"})):
        change = texts.propose_text(one, slot, version(told))
        with pytest.raises(Conflict, match="proposal-waits"):
            texts.propose_text(other, slot, version(told))
        with pytest.raises(Forbidden, match="own-proposal"):
            texts.decide_text(one, change.id, ChangeState.APPROVED)
        texts.decide_text(other, change.id, ChangeState.APPROVED)
    said = TEXTS
    for days, begins in ((7, "Vereda: su permiso"), (8, "Vereda: ya tiene permiso")):
        day = (NOW + timedelta(days=days)).date()
        found = texts.said_on(work_of(session, SYSTEM, ports, NOW), day)
        assert said.show("permit-ready", "es", found)[0].body.startswith(begins)
    story = Story(session, ports).reach(Status.REFUSED)
    work = story.work(story.worker)
    assert "Las razones" in words_of(prints.print_letter(work, story.id, "es"))
    later = story.later(days=9).work(story.worker)
    assert "For this" in words_of(prints.print_letter(later, story.id, "en"))


@pytest.mark.feature("D6")
def test_two_texts_of_one_sms_fit_together_from_the_day_on_which_both_count(
    session: Session, ports: Ports, two: tuple[Actor, Actor]
) -> None:
    one, other = (work_of(session, who, ports, NOW) for who in two)
    taken = {
        "es": "Vereda: su cita, gratis: %(day)s, %(hour)s, %(place)s.",
        "en": "Vereda: your appointment: %(day)s, %(hour)s, %(place)s.",
    }
    change = texts.propose_text(one, slot_id(TAKEN), version(taken))
    texts.decide_text(other, change.id, ChangeState.APPROVED)
    # One letter more, and it stands in the same SMS, which is full from that day on.
    beside = {
        "es": "Solicitud: %(receipt)s: %(link)s",
        "en": "Application %(receipt)s: %(link)s",
    }
    for day in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            texts.propose_text(one, slot_id(BESIDE), version(beside, day))
        assert [(f.code, f.field) for f in refused.value.faults] == [("sms-too-long", "es")]


@pytest.mark.feature("D6")
def test_the_texts_of_the_house_fit_and_can_be_shown() -> None:
    shelf = TEXTS
    assert len(shelf.slots) > 150
    for kind in NoticeKind:
        for language in ("es", "en"):
            assert shelf.show(kind.value, language, {}), kind
            assert shelf.sms_places(kind.value, language, {}) <= texts.ONE_SMS, (kind, language)
    assert slot_id("Cómo reclamar") not in shelf.slots  # the law words recourse

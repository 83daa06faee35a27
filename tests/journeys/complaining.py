"""A complaint on the desk of a handler who is unlocked, handed over to a partner authority."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.services import (
    complaint_acts,
    complaint_keys,
    complaint_outside,
    complaint_referrals,
    complaint_terms,
)
from app.services.accounts import add_account
from app.services.complaint_acts import Judgement
from app.services.complaint_cases import load
from app.services.complaint_referrals import HandOver
from app.services.referral_papers import CHECK
from app.services.work import Work
from permits.people import SYSTEM, Actor, Role, Scope
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.moves import Action
from recruitment.complaints.referral_papers import claims_of
from recruitment.complaints.referrals import Channel
from recruitment.complaints.words import Category, ReferralTarget, Severity
from tests.complained import PHRASE, Office, complain, tell_a_quarter
from tests.journeys.lives import Lives
from tests.journeys.people import PASSWORD


@dataclass(frozen=True)
class OnDesk:
    """The cookies of a handler, their supervisor and a partner authority; case and hand-over.

    `letter` is where the symbol of the hand-over's letter leads, `outside` where an institution is
    told that the whole office has a part in a case.
    """

    sessions: Mapping[str, str]
    complaint: str
    referral: str
    letter: str
    outside: str


def put_on_desk(lives: Lives) -> OnDesk:
    """An office that is ready, with one case under investigation."""
    now = lives.site.now()
    office = Office(lives.session, lives.site.house.ports).ready()
    handler = office.handlers[0]
    token = lives.token(handler)
    work = office.work(handler, now)
    assert complaint_keys.unlock(work, token, PHRASE)
    case = complain(office.work(now=now)).id
    complaint_terms.begin_clocks(office.work(SYSTEM, now))

    def seen() -> int:
        return load(work, case).filed.version

    complaint_acts.take(work, case, seen=seen())
    complaint_acts.act(work, token, case, Action.SCREEN, "", seen=seen())
    said = Judgement(Severity.S2, (Category.DOCUMENT_RETAINED, Category.THREATS))
    complaint_acts.accept(work, token, case, said, seen=seen())
    complaint_acts.answer(work, token, case, "¿Está a salvo?", seen=seen())
    over = HandOver(ReferralTarget.MINTRAB_GT, Channel.LETTER, "Reclutado en Jocotán.")
    complaint_referrals.hand_over(work, token, case, over, seen=seen())
    complaint_acts.act(work, token, case, Action.INVESTIGATE, "", seen=seen())
    (referral,) = load(work, ComplaintId(case)).referrals
    head = lives.official("jefa.quejas@example.org", Role.COMPLAINT_SUPERVISOR)
    tell_a_quarter(work)
    sessions = {"desk": token, "head": lives.token(head), "partner": lives.token(_partner(lives))}
    letter = f"{CHECK}?firma={work.ports.tokens.sign_referral(claims_of(referral))}"
    outside = f"/remisiones/aviso/{complaint_outside.make_address(work)}"
    return OnDesk(sessions, str(case), str(referral.id), letter, outside)


def _partner(lives: Lives) -> Actor:
    role, name = Role.PARTNER_AUTHORITY, "MINTRAB"
    work = Work(lives.session, SYSTEM, lives.site.now(), lives.site.house.ports, "test")
    scope = Scope(country="GTM")
    person = add_account(work, "socio@example.org", PASSWORD, role, name, scope)
    return Actor(person, role, name, country="GTM")

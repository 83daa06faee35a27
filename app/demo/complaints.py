"""Complaints of the demonstration: one of each kind of standing, and a number to come back with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.demo.officials import official
from app.demo.stage import Stage
from app.services import (
    complaint_acts,
    complaint_filing,
    complaint_groups,
    complaint_hands,
    complaint_keys,
    complaint_referrals,
    complaint_remedies,
    complaint_terms,
)
from app.services.complaint_acts import Judgement
from app.services.complaint_cases import load
from app.services.complaint_filing import Sent, full_hour
from app.services.complaint_numbers import NumberKeys, Ticket
from app.services.complaint_referrals import Answer, HandOver
from app.services.work import Work
from app.storage import complaints
from permits.deadlines import legal_day
from permits.people import NOBODY, Actor
from recruitment.complaints.filed import ComplaintId, Filed, Told
from recruitment.complaints.handling import CoercionCheck
from recruitment.complaints.moves import Action
from recruitment.complaints.referrals import Channel, ReferralAction, Report
from recruitment.complaints.remedies import RemedyPlan
from recruitment.complaints.severities import propose
from recruitment.complaints.words import (
    Category,
    DangerSign,
    Filing,
    Outcome,
    ReferralTarget,
    RemedyKind,
    Severity,
)

PHRASE = "cafe lluvia camino montaña abrigo"
"""Of the two handlers of the demonstration and their supervisor; printed when it starts."""

TOKEN = "demonstration"  # noqa: S105  the door that the seeding opens for the first of them
SECOND = "demonstration of the second"
THIRD = "demonstration of the supervisor"
COMPLAINT_NUMBER = "2026 1128 4477 0310"
"""Of the complaint that was filed by the form; a real one is drawn by chance."""

CONFIRMED = Answer(ReferralAction.CONFIRM, "MINTRAB-2026-118")
REPORTED = Answer(ReferralAction.REPORT, report=Report.INVESTIGATING)

DAYS_AGO = timedelta(days=4)


@dataclass
class _Office:
    """The two handlers at work, some days ago."""

    stage: Stage
    then: datetime
    first: Actor
    second: Actor

    def by(self, handler: Actor) -> Work:
        return self.stage.work(self.then, handler)

    def seen(self, case: ComplaintId) -> int:
        return load(self.by(self.first), case).filed.version

    def act(
        self, case: ComplaintId, action: Action, words: str = "", by: Actor | None = None
    ) -> None:
        work, token = self.by(by or self.first), SECOND if by else TOKEN
        checked = list(CoercionCheck)
        complaint_acts.act(work, token, case, action, words, seen=self.seen(case), checked=checked)

    def read(self, case: ComplaintId) -> None:
        complaint_acts.take(self.by(self.first), case, seen=self.seen(case))
        self.act(case, Action.SCREEN)

    def accept(self, case: ComplaintId, severity: Severity, *about: Category) -> None:
        said = Judgement(severity, about)
        complaint_acts.accept(self.by(self.first), TOKEN, case, said, seen=self.seen(case))

    def hand_over(self, case: ComplaintId, target: ReferralTarget, words: str) -> None:
        over = HandOver(target, Channel.LETTER, words)
        complaint_referrals.hand_over(self.by(self.first), TOKEN, case, over, seen=self.seen(case))

    def find(self, case: ComplaintId, outcome: Outcome, words: str) -> None:
        self.act(case, Action.INVESTIGATE)
        work = self.by(self.first)
        complaint_acts.find(work, TOKEN, case, outcome, words, seen=self.seen(case))


def seed_complaints(stage: Stage) -> None:
    """Open the office, file and handle; of one the number is known, to come back with."""
    then = stage.now - DAYS_AGO
    office = _Office(stage, then, official("quejas"), official("quejas.segunda"))
    _open_office(office)
    _lead(office)
    _file_by_form(stage)


def _open_office(office: _Office) -> None:
    setting_up = office.stage.work(office.then)
    recovery = complaint_groups.read_recovery(complaint_groups.init_group(setting_up))
    head = official("jefa.quejas")
    for handler, token in ((office.first, TOKEN), (office.second, SECOND), (head, THIRD)):
        complaint_keys.choose_phrase(office.by(handler), PHRASE)
        complaint_groups.let_in_by_recovery(setting_up, recovery, handler.person)
        complaint_keys.unlock(office.by(handler), token, PHRASE)
    complaint_hands.set_on_duty(office.by(head), [office.first.person])


def _lead(office: _Office) -> None:
    """One case for each standing: asked, open, with an inspection, found, made good, withdrawn."""
    asked = _file(office, "Nos dan agua sucia.", Category.WATER_FOOD)
    office.read(asked)
    office.act(asked, Action.ASK, "¿Desde qué día?")
    held = _file(
        office, "El dueño guarda nuestros documentos.", Category.DOCUMENT_RETAINED, Category.THREATS
    )
    office.read(held)
    office.accept(held, Severity.S1, Category.DOCUMENT_RETAINED, Category.THREATS)
    plan, work = "Llamar cada noche a las ocho.", office.by(office.first)
    complaint_acts.protect(work, TOKEN, held, plan, seen=office.seen(held))
    office.hand_over(held, ReferralTarget.CICESCT, "Documentos retenidos y amenazas.")
    office.hand_over(held, ReferralTarget.CONSULATE_GT, "Sin documentos no pueden volver.")
    _told_abroad(office)
    found = _file(office, "Me deben dos semanas.", Category.WAGE_UNPAID)
    office.read(found)
    office.accept(found, Severity.S2, Category.WAGE_UNPAID)
    office.find(found, Outcome.SUBSTANTIATED, "Las planillas lo muestran.")
    _make_good(office)
    gone = _file(office, "Me descuentan la comida.", Category.DEDUCTION)
    office.read(gone)
    office.act(gone, Action.WITHDRAW, "Ya se lo devolvieron.")
    _file(office, "Un hombre le pega a los cortadores.", Category.VIOLENCE)


def _told_abroad(office: _Office) -> None:
    """A recruiter's fraud in Guatemala: its labour ministry has it and reports; a second waits."""
    for words, answers in (
        ("Un hombre cobró por apuntarnos en Jocotán.", (CONFIRMED, REPORTED)),
        ("En Camotán ofrecen permisos que no existen.", ()),
    ):
        case = _file(office, words, Category.RECRUITER_FRAUD)
        office.read(case)
        office.accept(case, Severity.S2, Category.RECRUITER_FRAUD)
        office.hand_over(case, ReferralTarget.MINTRAB_GT, words)
        (referral,) = load(office.by(office.first), case).referrals
        ministry = office.by(official("mintrab"))
        for one in answers:
            complaint_referrals.answer_by_account(ministry, referral.id, one)


def _make_good(office: _Office) -> None:
    case = _file(office, "Cobraron por anotarme.", Category.FEE_CHARGED)
    office.read(case)
    office.accept(case, Severity.S2, Category.FEE_CHARGED)
    office.find(case, Outcome.SUBSTANTIATED, "Hay recibos.")
    office.act(case, Action.APPROVE_FINDING, by=office.second)
    office.act(case, Action.PLAN_REMEDY)
    due_on: date = legal_day(office.stage.now) + timedelta(days=10)
    plan = RemedyPlan(
        RemedyKind.REPAYMENT, due_on, "El reclutador devuelve todo.", Decimal(1500), "HNL"
    )
    work = office.by(office.first)
    complaint_remedies.plan_remedy(work, TOKEN, case, work.new_id(), plan, seen=office.seen(case))


def _file(office: _Office, words: str, *about: Category) -> ComplaintId:
    """A complaint that somebody told on the phone; no number was written down."""
    work = office.stage.work(office.then, NOBODY)
    proposal = propose(about)
    filed = Filed(
        ComplaintId(work.new_id()),
        Filing.OFFICIAL,
        about,
        proposal.severity,
        "HN-CP",
        legal_day(office.then),
        flags=proposal.flags,
        hour=full_hour(office.then) if proposal.severity in complaint_filing.HOUR_KEPT else None,
    )
    complaints.add_complaint(work.session, filed)
    chance = work.ports.chance
    complaint_filing.seal_case(
        work, filed, Told(words), NumberKeys(chance.token(32), chance.token(32))
    )
    complaint_terms.begin_clocks(work)
    return filed.id


def _file_by_form(stage: Stage) -> None:
    """One without a name, as the form sends it."""
    work = stage.work(stage.now, NOBODY)
    digits = COMPLAINT_NUMBER.replace(" ", "")
    ticket = Ticket(ComplaintId(work.new_id()), digits, stage.now)
    told = Told("Pesan mal el café.", frozenset({DangerSign.LEAVING_SOON}), "Finca inventada")
    sent = Sent(Filing.ANONYMOUS, (Category.PIECE_COUNT,), told, "HN-LE")
    complaint_filing.file_complaint(work, ticket, sent)

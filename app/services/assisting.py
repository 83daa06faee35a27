"""Filling an application in for a worker who is beside: whose it stays, and how they agree."""

from dataclasses import dataclass, replace

from app.services import applications as worker_applications
from app.services.phone_codes import Asker, ask_code, check_code, holder_of
from app.services.submissions import consent_of
from app.services.work import Work
from app.storage import assisted, consents
from app.storage import phone_codes as codes
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.consents import ConsentWay
from permits.errors import Hidden
from permits.people import Permission
from permits.phone_codes import Purpose
from permits.policies import assists, check_permission


@dataclass(frozen=True)
class Unfinished:
    """A registration that a facilitator began; `name` is empty until the worker's was written."""

    application: Application
    name: str


def list_unfinished(work: Work) -> list[Unfinished]:
    """The facilitator's own registrations that nobody has handed in yet; never another's."""
    check_permission(work.actor, Permission.APPLICATION_ASSIST)
    listed = assisted.list_assisted(work.session, work.actor.person)
    return [Unfinished(application, name) for application, name in listed]


def read_phone(work: Work, application: ApplicationId) -> str:
    """The worker's phone (E.164), where a code for their consent goes."""
    _check_helps(work, application)
    return worker_applications.read_own(work, application).answers.phone or ""


def ask_consent_code(work: Work, application: ApplicationId, language: str, address: str) -> bool:
    """Send a code to the worker's phone, to be told by who agrees; False after too many."""
    phone = read_phone(work, application)
    asker = Asker(holder_of(application), language, address)
    return ask_code(work, Purpose.CONSENT, phone, asker)


def take_consent_code(work: Work, application: ApplicationId, typed: str) -> bool:
    """Keep the consent of whoever told the code; False where it is wrong."""
    _check_helps(work, application)
    code = check_code(work, Purpose.CONSENT, holder_of(application), typed)
    if code is None:
        return False
    codes.remove_code(work.session, code)
    _keep(work, application, ConsentWay.CODE)
    return True


def witness_consent(work: Work, application: ApplicationId) -> None:
    """Keep the consent of who put their mark before the facilitator, who answers for it."""
    _check_helps(work, application)
    _keep(work, application, ConsentWay.WITNESSED)


def _check_helps(work: Work, application: ApplicationId) -> None:
    found = worker_applications.read_own(work, application).application
    if not assists(work.actor, found):
        raise Hidden("no-such-application")


def _keep(work: Work, application: ApplicationId, way: ConsentWay) -> None:
    """The consent and the answer that says so; the log names the worker and who was there."""
    changes = {"consent": CONSENT_VERSION}
    worker_applications.save_answers(work, application, changes, shown=True)
    case = worker_applications.read_own(work, application)
    witness = work.actor.person if way is ConsentWay.WITNESSED else None
    consent = replace(consent_of(work, case, CONSENT_VERSION), way=way, witness=witness)
    facts = {"application": str(application), "way": way.value, "text": CONSENT_VERSION}
    event = work.event(Act.CONSENT_SHOWN, consent.worker, facts)
    consents.witness_consent(work.session, consent, event=event)

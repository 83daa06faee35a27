"""What is new in the demonstration: permits of a pool, a wish for another name, a reception day."""

from dataclasses import replace
from datetime import time, timedelta

from app.demo.market import COFFEE
from app.demo.officials import Cast, official
from app.demo.portraits import draw_document
from app.demo.stage import Stage
from app.demo.workers import answers_of, phone_of
from app.services import (
    applications,
    appointments,
    approvals,
    identity_changes,
    issuing,
    pools,
    submissions,
)
from app.services.applications import Started
from app.services.appointments import PlannedDay
from app.services.approvals import Ruling
from app.services.case import load_case
from app.services.credentials import find_permit_of
from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.identity_changes import IdentityReason, identity_of
from permits.people import NOBODY, SYSTEM

FIRST_NUMBER = 9151
"""Of their documents and phones: beyond those of all other cases."""

IN_POOL = 2
LATELY = IN_POOL + 1
"""Cases that this room adds."""


def seed_lately(stage: Stage, cast: Cast) -> None:
    """Two people have a permit of a pool, one of them has married; a draft has a place to come."""
    permitted = [_permit(stage, cast, FIRST_NUMBER + at) for at in range(IN_POOL)]
    _ask_name(stage, permitted[0])
    _plan_day(stage)


def _begin(stage: Stage, number: int, days_ago: int) -> Started:
    at = stage.now - timedelta(days=days_ago)
    phone = phone_of(COFFEE, number)
    return applications.start_application(stage.work(at, NOBODY), COFFEE, phone, "es")


def _permit(stage: Stage, cast: Cast, number: int) -> Started:
    """Applied for the pool of a department, approved by both agencies on the days after."""
    started = _begin(stage, number, 9)
    begun = stage.work(stage.now - timedelta(days=9), started.actor)
    pool = pools.list_pools(begun, COFFEE)[0]
    answers = answers_of(stage.random, COFFEE, legal_day(begun.now), number)
    answers |= {"vacancy": str(pool.id), "brings_documents": True, "brings_photo": True}
    application = started.application.id
    applications.save_answers(begun, application, answers)
    version = submissions.submit_application(begun, application).version
    for at, person in enumerate((cast.setrass[0], cast.inm[0]), start=1):
        work = stage.work(begun.now + timedelta(days=at), person)
        ruling = Ruling(Opinion.APPROVE)
        decided = approvals.decide_application(work, application, ruling, seen_version=version)
        version = decided.version
    issuing.sign_pending(stage.work(begun.now + timedelta(days=2, minutes=5), SYSTEM))
    return started


def _ask_name(stage: Stage, started: Started) -> None:
    """The holder has married, and sends the photo of the certificate."""
    work = stage.work(stage.now - timedelta(days=1), started.actor)
    permit = find_permit_of(work, started.application.id)
    assert permit is not None  # noqa: S101  it was approved above
    right = permit.authorisation.id
    now = identity_of(load_case(work, started.application.id).answers)
    picture = draw_document("Certificado de matrimonio", ("Registro civil",))
    proof = identity_changes.keep_evidence(work, right, picture)
    first = (now.surnames or "").split()[0]
    told = replace(now, surnames=f"{first} de Interiano")
    identity_changes.ask_change(work, right, told, IdentityReason.CIVIL_STATUS, proof.id)


def _plan_day(stage: Stage) -> None:
    """SETRASS receives people in Copán Ruinas next week, and somebody comes at eight."""
    begins = time(8)
    planned = PlannedDay(
        "HN-CP",
        "0404",
        "Salón comunal",
        legal_day(stage.now) + timedelta(days=6),
        begins,
        time(12),
        6,
        ("spa", "caa"),
    )
    held = stage.work(stage.now - timedelta(days=2), official("jefa.setrass"))
    day = appointments.plan_day(held, planned)
    started = _begin(stage, FIRST_NUMBER + IN_POOL, 1)
    work = stage.work(stage.now - timedelta(hours=20), started.actor)
    appointments.take_place(work, started.application.id, day.id, begins)

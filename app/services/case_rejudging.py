"""Findings of single workers are judged again: when a fact changes, when values do, and daily."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from app.services import kept_findings
from app.services.case import load_case
from app.services.contract_checks import keep_agreement, reader_of
from app.services.cost_judging import keep_costs
from app.services.wage_runs import judge_short
from app.services.work import Work
from app.storage import applications, case_judgements
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound
from permits.reach import EVERYTHING

BATCH = 50
"""Workers in one transaction."""


def judge_case(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: the yes, the costs and the pay of one worker are judged again."""
    _judge(work, ApplicationId(UUID(payload["application"])))


def run_batch(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: a batch of those that stand is judged, and the next is left to be done."""
    after = UUID(payload["after"]) if payload["after"] != "first" else None
    batch = case_judgements.list_to_judge(work.session, legal_day(work.now), BATCH, after)
    for application in batch:
        _judge(work, application)
    if len(batch) == BATCH:
        kept_findings.judge_all_soon(work, UUID(payload["run"]), batch[-1])


def _judge(work: Work, application: ApplicationId) -> None:
    """Who erased their file meanwhile is passed over, and so is what can be read no more."""
    with suppress(NotFound, Conflict):
        own = applications.get_application(work.session, application, reach=EVERYTHING)
        keep_costs(work, own)
        judge_short(work, application)
        keep_agreement(work, reader_of(load_case(work, application)))

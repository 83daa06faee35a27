"""Alerts for minors who came to a post without a parent; each counts once."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.services import child_alerts, device_entries
from app.web.api.access import SIGNED_IN, ApiLocale
from app.web.api.crossings import (
    CrossingAnswers,
    DeviceSignature,
    MinorBeside,
    SentBody,
    tell_answer,
)
from app.web.api.fields import Code, Instant, Line
from app.web.api.idempotent import Reply, answer_once
from app.web.dependencies import IdempotencyKey, SignedInWork
from app.web.documentation import refusals
from permits import permit_numbers
from permits.crossings import BATCH_LIMIT, Direction
from permits.minors import MOST_MINORS, AlertId, ChildAlert
from permits.people import PersonId

router = APIRouter(
    prefix="/child-alerts",
    tags=["crossings"],
    dependencies=SIGNED_IN,
    responses=refusals(401, 403, 422),
)

_EXAMPLE: JsonDict = {
    "id": "0f9a6f0e-3a51-4c39-9d2b-6f4f1f0f6f02",
    "post": "HN-GT-1",
    "direction": "entry",
    "device_id": "b7c1b1de-0a4e-4b6e-8a53-7a2f0e9d1c11",
    "device_time": "2026-11-23T14:58:00Z",
    "minors": [{"passport": False, "parent": False}],
    "permit_number": None,
}


class ChildAlertInput(BaseModel):
    """A minor came without a parent; whoever is on duty for children is told."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Given by the device; the same id counts once.")
    post: Code
    direction: Direction = Field(description="Seen from Honduras.")
    device_id: Line
    device_time: Instant
    minors: list[MinorBeside] = Field(
        description="All that came together; at least one without a parent.",
        json_schema_extra={"minItems": 1, "maxItems": MOST_MINORS},
    )
    permit_number: Line | None = Field(
        None, description="The permit of whoever brought them; null where they came alone."
    )

    def alert(self, agent: PersonId) -> ChildAlert:
        """As the law knows it."""
        number = self.permit_number
        return ChildAlert(
            AlertId(self.id),
            self.post,
            self.direction.value,
            self.device_id,
            agent,
            self.device_time,
            tuple(one.minor for one in self.minors),
            number and (permit_numbers.read(number) or number),
        )


class ChildAlertBatch(BaseModel):
    """What a device has gathered."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"alerts": [_EXAMPLE]}]}
    )

    alerts: list[ChildAlertInput] = Field(json_schema_extra={"maxItems": BATCH_LIMIT})


@router.post(
    "",
    operation_id="raiseChildAlerts",
    summary="Tell child protection of minors who came without a parent",
    response_model=CrossingAnswers,
    responses=refusals(400, 409),
)
def raise_child_alerts(
    body: ChildAlertBatch,
    request: Request,
    key: IdempotencyKey,
    work: SignedInWork,
    locale: ApiLocale,
    sent_body: SentBody,
    device_signature: DeviceSignature = "",
) -> Response:
    """Up to 500 at once; each is told to whoever is on duty once, and is never a crossing."""
    device_entries.check_batch(work, key, sent_body, device_signature, "child-alerts")

    def act() -> Reply:
        sent = [one.alert(work.actor.person) for one in body.alerts]
        answers = child_alerts.raise_alerts(work, sent)
        return Reply(CrossingAnswers(items=[tell_answer(answer, locale) for answer in answers]))

    return answer_once(work, request, key, body, act)

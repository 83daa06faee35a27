"""Whether the service is alive and ready; says nothing about anybody."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.services.housekeeping import check_ready
from app.web.dependencies import PublicReading

router = APIRouter(tags=["health"])


class HealthReply(BaseModel):
    """The state of the parts that a request needs."""

    status: Literal["ok", "failing"]
    waiting_effects: int = Field(description="Messages and signatures that wait for the worker.")


@router.get("/health", operation_id="getHealth", summary="Whether the service can answer requests")
def get_health(work: PublicReading) -> HealthReply:
    """200 where the database answers, with how much waits for the worker."""
    return HealthReply(status="ok", waiting_effects=check_ready(work))

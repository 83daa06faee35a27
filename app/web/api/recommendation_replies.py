"""What an agency was recommended, as officials read it."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from permits.approvals import Ground, Opinion
from permits.people import Actor, Agency
from permits.recommendations import Recommendation


class RecommendationReply(BaseModel):
    """What one official recommended to their own agency in the present round."""

    agency: Agency
    round: int
    opinion: Opinion
    grounds: list[Ground]
    note: str
    findings: str = Field(description="SHA-256 over what the checks had found then.")
    recommended_at: datetime
    by_me: bool


def recommendations_of(given: Sequence[Recommendation], actor: Actor) -> list[RecommendationReply]:
    """The replies, without the officials who recommended."""
    return [
        RecommendationReply(
            agency=one.agency,
            round=one.round,
            opinion=one.opinion,
            grounds=list(one.grounds),
            note=one.note,
            findings=one.findings,
            recommended_at=one.recommended_at,
            by_me=one.official == actor.person,
        )
        for one in given
    ]

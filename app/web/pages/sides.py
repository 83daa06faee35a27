"""A page of an application with two sides: its worker's own, and that of the case for officials."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request

from app.services.applications import read_own
from app.services.work import Work
from permits.applications import ApplicationId
from permits.policies import check_review

OWN, CASE = "/mi-solicitud", "/casos"


@dataclass(frozen=True)
class Side:
    """`back` is the address of the application or of the case; `own`: whether a worker looks."""

    back: str
    own: bool

    def template(self, folder: str) -> str:
        """The page of this side among the two of a folder."""
        return f"{folder}/{'own' if self.own else 'case'}.html"


def open_side(request: Request, work: Work, application: UUID) -> Side:
    """The side that the address names; NotFound or Forbidden for whom it is not there."""
    own = request.url.path.startswith(f"{OWN}/")
    if own:
        read_own(work, ApplicationId(application))
    else:
        check_review(work.actor)
    return Side(f"{OWN if own else CASE}/{application}", own)

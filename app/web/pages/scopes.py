"""A role and how far it reaches, as a form asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.services import accounts
from app.services.work import Work
from app.web import forms
from app.web.i18n import N_
from app.web.wording.labels import COUNTRY
from permits.people import ACCOUNT_ROLES, Role, Scope

OWN_COUNTRY = "HND"


@dataclass(frozen=True)
class Choices:
    """What the form offers: codes, and codes with names."""

    roles: Sequence[Role] = ()
    posts: Sequence[tuple[str, str]] = ()
    departments: Sequence[tuple[str, str]] = ()
    employers: Sequence[tuple[str, str]] = ()
    countries: Sequence[str] = ()


class Bounded(forms.Answers):
    """A role with its bounds; a bound that is left empty is none."""

    wording: ClassVar[Mapping[str, str]] = {
        "role.missing": N_("Elija un rol."),
        "post.missing": N_("Elija en qué puesto trabaja."),
        "employer.missing": N_("Elija para qué empleador actúa."),
        "country.missing": N_("Elija de qué país es la autoridad."),
    }
    role: Role
    post: str | None = None
    department: str | None = None
    employer: UUID | None = None
    country: str | None = None

    @property
    def scope(self) -> Scope:
        """The bounds alone."""
        return Scope(self.post, self.department, self.employer, self.country)


def choices(work: Work, roles: Sequence[Role] = ACCOUNT_ROLES) -> Choices:
    """What there is to choose from now."""
    reference = work.ports.reference
    return Choices(
        roles,
        sorted(reference.posts.items(), key=lambda post: post[1]),
        sorted(reference.departments.items(), key=lambda department: department[1]),
        [(str(identity), name) for identity, name in accounts.list_employers(work)],
        [code for code in COUNTRY if code != OWN_COUNTRY],
    )

"""Roles that belong together: by the agency that they speak for, and by what they answer for."""

from collections.abc import Mapping

from permits.roles import Agency, Role

AGENCY_OF: Mapping[Role, Agency] = {
    Role.SETRASS_ANALYST: Agency.SETRASS,
    Role.SETRASS_OFFICER: Agency.SETRASS,
    Role.SETRASS_SUPERVISOR: Agency.SETRASS,
    Role.INM_ANALYST: Agency.INM,
    Role.INM_OFFICER: Agency.INM,
    Role.INM_SUPERVISOR: Agency.INM,
    Role.INM_SECOND_LOOK: Agency.INM,
    Role.CONSULATE_OFFICER: Agency.CONSULATE,
    Role.CONSULATE_SUPERVISOR: Agency.CONSULATE,
}
"""The agency that a role speaks for; a border agent records and judges nobody's application."""

OF_HONDURAS = frozenset({Agency.SETRASS, Agency.INM})
"""They share notes, and know what stands beside a file: who travels along, earlier seasons, who
looked at it. A foreign office that is asked reads the file and its own notes."""

SUPERVISOR_OF: Mapping[Agency, Role] = {
    Agency.SETRASS: Role.SETRASS_SUPERVISOR,
    Agency.INM: Role.INM_SUPERVISOR,
    Agency.CONSULATE: Role.CONSULATE_SUPERVISOR,
}
"""Who answers for the desk of an agency."""

OF_COMPLAINTS = frozenset({Role.COMPLAINT_HANDLER, Role.COMPLAINT_SUPERVISOR})
"""Who reads complaints, each by a phrase of their own."""

ACCOUNT_ROLES = tuple(role for role in Role if role not in {Role.WORKER, Role.SYSTEM, Role.ANYONE})
"""The roles that an account can be granted; a worker needs none."""

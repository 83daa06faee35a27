"""Who had a part in the permit that a case is about: kept from the case, and named by no row.

Under its own key a case cannot say whom it is kept from, for who may not open it has to be turned
away first. So it carries keyed hashes of case and person, among as many that stand for nobody.
Without the vault's key they lead to no official, and so to no worker whose permit they decided.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.services.work import Work
from app.storage import approvals, complaint_steps, own_applications
from permits.authorisations import Authorisation
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId, Filed

PLACE = "complaints.kept_out"

MARK_BYTES, AT_ONCE = 16, 8
"""Bytes of a mark. Marks stand in eights, so that their number tells no one how many decided."""


def had_a_part(work: Work, right: Authorisation) -> bool:
    """Whether the actor decided on this permit in another role before."""
    every = approvals.list_decisions(work.session, right.application)
    return any(one.official == work.actor.person for one in every)


def keep_out_deciders(work: Work, filed: Filed, worker: PersonId) -> Filed:
    """The case, kept from whoever decided on a permit of its worker; the caller saves it."""
    cases = [one.id for one in own_applications.list_of_worker(work.session, worker)]
    persons = {one.official for one in approvals.list_of(work.session, cases)}
    known = set(_split(filed.kept_out))
    marks = known | {_mark(work, filed.id, one) for one in persons}
    while marks != known and len(marks) % AT_ONCE:
        marks.add(work.ports.chance.token(16))
    return replace(filed, kept_out=b"".join(sorted(marks)))


def find_deciders(work: Work, filed: Filed, persons: Iterable[PersonId]) -> frozenset[PersonId]:
    """Those of these persons from whom the case is kept, for what they decided before."""
    marks = set(_split(filed.kept_out))
    if not marks:
        return frozenset()
    return frozenset(one for one in persons if _mark(work, filed.id, one) in marks)


def list_out(
    work: Work, cases: Collection[Filed], persons: Collection[PersonId]
) -> dict[ComplaintId, frozenset[PersonId]]:
    """Who of these persons has a part in each case, whoever said so, or by what they decided."""
    said = complaint_steps.list_out(work.session, {one.id for one in cases})
    return {one.id: said[one.id] | find_deciders(work, one, persons) for one in cases}


def _mark(work: Work, case: ComplaintId, person: PersonId) -> bytes:
    return work.ports.vault.index(PLACE, f"{case}:{person}")[:MARK_BYTES]


def _split(marks: bytes) -> list[bytes]:
    return [marks[at : at + MARK_BYTES] for at in range(0, len(marks), MARK_BYTES)]

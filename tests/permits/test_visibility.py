"""Who sees which decisions, and how much of them."""

import pytest

from permits.approvals import Opinion
from permits.findings import Finding, Severity
from permits.people import AGENCY_OF, Agency, Role
from permits.visibility import SOMEONE, visible_decisions, visible_findings
from tests.permits.cases import OFFICIAL_OF, decision, stand_in

TAKEN = (
    decision(Agency.SETRASS, Opinion.APPROVE, note="Sólo para la oficina"),
    decision(Agency.INM, Opinion.RETURN, note="¿Su segundo apellido?"),
)


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_sees(role: Role) -> None:
    seen = visible_decisions(stand_in(role), TAKEN)
    if role in AGENCY_OF:
        assert seen == TAKEN
    elif role is Role.WORKER:
        assert [(d.agency, d.opinion, d.note) for d in seen] == [
            (Agency.SETRASS, Opinion.APPROVE, ""),
            (Agency.INM, Opinion.RETURN, "¿Su segundo apellido?"),
        ]
    else:
        assert seen == ()


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize("opinion", list(Opinion))
def test_a_worker_never_learns_who_decided(opinion: Opinion) -> None:
    taken = (decision(Agency.INM, opinion, note="Aviso"),)
    seen = visible_decisions(stand_in(Role.WORKER), taken)
    assert [d.official for d in seen] == [SOMEONE]
    assert [d.note for d in seen] == ["" if opinion is Opinion.APPROVE else "Aviso"]
    assert SOMEONE not in {official.person for official in OFFICIAL_OF.values()}


FINDINGS = (
    Finding("similar-application", Severity.WARN, "programme"),
    Finding("underage", Severity.BLOCK, "IRIS A.3"),
)


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize("role", list(Role))
def test_findings_that_speak_of_others_stay_with_the_officials(role: Role) -> None:
    seen = [finding.code for finding in visible_findings(stand_in(role), FINDINGS)]
    if role in AGENCY_OF:
        assert seen == ["similar-application", "underage"]
    else:
        assert seen == (["underage"] if role is Role.WORKER else [])

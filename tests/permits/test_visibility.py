"""Who sees which decisions, and how much of them."""

from dataclasses import fields, replace
from datetime import date

import pytest

from permits.applications import Status
from permits.approvals import Opinion
from permits.errors import Forbidden
from permits.findings import Finding, Severity
from permits.people import AGENCY_OF, Agency, Role
from permits.submissions import Answers, to_mapping
from permits.visibility import (
    ANSWERS,
    SEES,
    SOMEONE,
    Group,
    check_sees,
    opens_to,
    sealed_agencies,
    sealed_round,
    sees,
    visible_answers,
    visible_decisions,
    visible_findings,
)
from tests.permits.cases import OFFICIAL_OF, SETRASS, WORKER, application, decision, stand_in

FILE = set(Group) - {Group.FIGURES}
AT_A_CHECK = {"border-agent", "post-supervisor", "labour-inspector"}
SEEN = {
    **{role.value: FILE for role in AGENCY_OF},
    **{role: FILE - {Group.TIMELINE} for role in ("consulate-officer", "consulate-supervisor")},
    "setrass-supervisor": set(Group),
    "inm-supervisor": set(Group),
    "worker": FILE - {Group.OFFICIALS, Group.TIMELINE},
    "facilitator": {
        *(Group.STANDING, Group.NAME, Group.NATIONALITY, Group.IDENTITY),
        *(Group.CONTACT, Group.OFFER, Group.DOCUMENTS, Group.QUESTIONS),
    },
    "employer": {Group.STANDING, Group.NAME, Group.OFFER, Group.QUESTIONS},
    "partner-authority": {Group.STANDING, Group.NAME, Group.NATIONALITY, Group.NUMBER},
    **{role: {Group.NUMBER} for role in AT_A_CHECK},
    "data-analyst": {Group.FIGURES},
}


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.feature("D1")
@pytest.mark.parametrize("role", list(Role))
def test_the_groups_of_each_role(role: Role) -> None:
    seen = {group for group in Group if sees(stand_in(role), group)}
    assert seen == SEEN.get(role.value, set()) == SEES[role]
    for group in set(Group) - seen:
        with pytest.raises(Forbidden) as refused:
            check_sees(stand_in(role), group)
        assert refused.value.code == "not-visible"


GIVEN = Answers(
    document_kind="gt-dpi",
    document_number="1234567892004",
    given_names="María",
    surnames="Gutiérrez",
    date_of_birth=date(1994, 3, 27),
    nationality="GTM",
    phone="+50255512345",
    languages_spoken=("spa",),
    vacancy="v",
    brings_photo=True,
)


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_every_answer_has_its_group_and_what_is_hidden_was_never_given() -> None:
    assert set(ANSWERS) == {field.name for field in fields(Answers)}
    assert visible_answers(SETRASS, GIVEN, ()) == visible_answers(WORKER, GIVEN, ()) == GIVEN
    told = to_mapping(visible_answers(stand_in(Role.PARTNER_AUTHORITY), GIVEN, ()))
    assert {name for name, value in told.items() if value} == {
        "given_names",
        "surnames",
        "nationality",
    }
    assert visible_answers(stand_in(Role.ADMINISTRATOR), GIVEN, ()) == Answers()


TAKEN = (
    decision(Agency.SETRASS, Opinion.APPROVE, note="Sólo para la oficina"),
    decision(Agency.INM, Opinion.RETURN, note="¿Su segundo apellido?"),
)


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_sees(role: Role) -> None:
    seen = visible_decisions(stand_in(role), TAKEN, None)
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
    seen = visible_decisions(stand_in(Role.WORKER), taken, None)
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


@pytest.mark.promise("P16")
@pytest.mark.feature("O2")
@pytest.mark.parametrize("status", list(Status))
def test_a_seal_tells_nothing_of_the_other_agency_until_the_round_is_closed(
    status: Status,
) -> None:
    for role in Role:
        check_seal(role, status)


def check_seal(role: Role, status: Status) -> None:
    """What one role sees of a case in one status while decisions are sealed."""
    actor, found = stand_in(role), application(status, round=2)
    before, now = (tuple(replace(d, round=number) for d in TAKEN) for number in (1, 2))
    sealed = sealed_round(found, sealed=True)
    assert sealed == (2 if status in {Status.UNDER_REVIEW, Status.ASKED} else None)
    assert sealed_round(found, sealed=False) is None

    whole = visible_decisions(actor, [*before, *now], None)
    seen = visible_decisions(actor, [*before, *now], sealed)
    kept = [d for d in whole if d.round == 1 or sealed is None or d.agency is actor.agency]
    assert list(seen) == kept


@pytest.mark.parametrize("role", list(Role))
def test_whose_word_is_sealed_from_whom(role: Role) -> None:
    actor = stand_in(role)
    assert sealed_agencies(actor, Agency, sealed=False) == set()
    whole = set() if role is Role.SYSTEM else set(Agency)
    assert sealed_agencies(actor, Agency, sealed=True) == whole - {actor.agency}
    for agency in Agency:
        assert opens_to(actor, agency, 1, 1) == (agency not in whole - {actor.agency})

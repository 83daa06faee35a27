"""Who hears of a complaint, and how long a hand-over waits for what they say."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from permits.deadlines import WorkingCalendar
from permits.errors import Conflict, Forbidden, Hidden
from permits.people import Actor, PersonId, Role
from recruitment.complaints import referrals
from recruitment.complaints.words import (
    Category,
    Flag,
    ReferralTarget,
)

DAY = date(2026, 12, 30)
ID = UUID(int=1)


@pytest.mark.feature("H5")
@pytest.mark.parametrize(
    ("categories", "flags", "targets"),
    [
        (("wage-unpaid", "hours"), (), ("labour-inspection",)),
        (("trafficking", "wage-unpaid"), (), ("labour-inspection", "cicesct", "public-prosecutor")),
        (("wage-unpaid",), ("minor-involved",), ("senaf", "labour-inspection")),
        (("wage-unpaid",), ("official-accused",), ("conadeh", "public-prosecutor")),
        (
            ("child-labour",),
            ("official-accused", "minor-involved"),
            ("senaf", "conadeh", "public-prosecutor"),
        ),
        (("recruiter-fraud",), (), ("mintrab-gt", "consulate-gt")),
        (("permit-delay",), (), ()),
    ],
)
def test_who_hears_of_it_and_an_accused_office_never(
    categories: tuple[str, ...], flags: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    said, raised = [Category(one) for one in categories], [Flag(one) for one in flags]
    assert tuple(one.value for one in referrals.propose_targets(said, raised)) == targets


@pytest.mark.feature("H5")
@pytest.mark.parametrize(
    ("categories", "flags", "targets"),
    [
        (("wage-unpaid",), (), ("abroad", "labour-inspection")),
        (("threats", "other"), (), ("abroad", "cicesct", "public-prosecutor")),
        (("wage-unpaid",), ("minor-involved",), ("senaf", "abroad", "labour-inspection")),
        (("wage-unpaid",), ("criminal-referral",), ("public-prosecutor", "abroad")),
        (("recruiter-fraud",), (), ("mintrab-gt", "consulate-gt")),
        (("permit-delay", "other"), (), ()),
        ((), (), ()),
        (("wage-unpaid",), ("official-accused",), ("conadeh", "public-prosecutor")),
    ],
)
def test_of_work_abroad_those_there_hear_first(
    categories: tuple[str, ...], flags: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    said, raised = [Category(one) for one in categories], [Flag(one) for one in flags]
    found = tuple(one.value for one in referrals.propose_targets(said, raised, abroad=True))
    assert found[: len(targets)] == targets
    assert ("abroad" in found) is ("abroad" in targets)


@pytest.mark.feature("H5")
def test_a_referral_waits_until_its_target_has_said_something() -> None:
    states, actions = referrals.ReferralState, referrals.ReferralAction
    for state, action in product(states, actions):
        if (state, action) in referrals.MOVES:
            assert referrals.move_referral(state, action) is referrals.MOVES[state, action]
            continue
        with pytest.raises(Conflict, match="no-such-referral-move"):
            referrals.move_referral(state, action)
    calendar = WorkingCalendar(frozenset({date(2027, 1, 1)}))
    assert referrals.follow_up(DAY, calendar) == date(2027, 1, 7)


@pytest.mark.feature("H5")
def test_an_authority_abroad_speaks_for_itself_alone() -> None:
    guatemala = Actor(PersonId(ID), Role.PARTNER_AUTHORITY, country="GTM")
    consul = Actor(PersonId(ID), Role.CONSULATE_OFFICER, country="GTM")
    for actor, own in (
        (guatemala, ReferralTarget.MINTRAB_GT),
        (consul, ReferralTarget.CONSULATE_GT),
        (replace(consul, role=Role.CONSULATE_SUPERVISOR), ReferralTarget.CONSULATE_GT),
    ):
        referrals.check_confirm(actor, own)
        assert referrals.targets_of(actor) == (own,)
    for actor, target, kind in (
        (guatemala, ReferralTarget.CONSULATE_GT, Hidden),
        (consul, ReferralTarget.MINTRAB_GT, Hidden),
        (replace(consul, country=None), ReferralTarget.CONSULATE_GT, Hidden),
        (guatemala, ReferralTarget.CONADEH, Hidden),
        (replace(guatemala, country="NIC"), ReferralTarget.MINTRAB_GT, Hidden),
        (Actor(PersonId(ID), Role.COMPLAINT_HANDLER), ReferralTarget.MINTRAB_GT, Forbidden),
    ):
        with pytest.raises(kind):
            referrals.check_confirm(actor, target)


@pytest.mark.feature("H5")
def test_who_reports_says_what_was_done_and_may_say_it_again() -> None:
    confirm, report = referrals.ReferralAction.CONFIRM, referrals.ReferralAction.REPORT
    faults = referrals.find_report_faults
    assert [one.code for one in faults(report, None)] == ["missing"]
    assert [one.code for one in faults(confirm, referrals.Report.CLOSED)] == ["not-an-option"]
    assert faults(confirm, None) == faults(report, referrals.Report.CLOSED) == []
    said = referrals.Referral(
        ID,
        ID,
        ReferralTarget.MINTRAB_GT,
        referrals.Channel.LETTER,
        referrals.ReferralState.REPORTED,
        DAY,
        DAY,
        number="GT-1",
        report=referrals.Report.ATTENDED,
    )
    assert referrals.is_answered(said, report, "GT-1", referrals.Report.ATTENDED)
    assert not referrals.is_answered(said, report, "", referrals.Report.CLOSED)

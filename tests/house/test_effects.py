"""Whatever a finding asks for beside its severity is done by a named room, or says who acts."""

from importlib import import_module

from app.web.wording.ethics_findings import EFFECT
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.rules import Effect

DONE_BY = {
    Effect.OPEN_CASE_S1: "recruitment.wanted_cases.want_case",
    Effect.OPEN_CASE_S2: "recruitment.cost_values.find_reasons",
    Effect.FREEZE_RECRUITER: "app.services.cost_claims.confirm_fee",
    Effect.AUDIT_RECRUITER: "app.services.recruiter_audits.list_to_audit",
    Effect.REPAY: "app.services.costs.move_own_claim",
    Effect.SCREEN_FOR_DEBT_BONDAGE: "recruitment.cost_cases.categories_of",
    Effect.REFER_TO_CICESCT: "recruitment.complaints.referrals.propose_targets",
    Effect.TELL_SENAF: "app.services.child_care.list_families",
    Effect.PROPOSE_INSPECTION: "app.services.inspection_asks.ask_inspection",
    Effect.ASK_WORKER_FIRST: "app.services.farm_answers.list_own",
}
"""The room where it is done, or where a person does it."""

BY_A_PERSON = {
    Effect.FREEZE_RECRUITER: "SETRASS lo comprueba",
    Effect.AUDIT_RECRUITER: "SETRASS audita",
    Effect.SCREEN_FOR_DEBT_BONDAGE: "La oficina de quejas pregunta",
    Effect.REFER_TO_CICESCT: "decide una persona",
}
"""What waits for somebody says for whom."""


def test_each_effect_has_a_room_that_does_it_or_says_who_acts() -> None:
    assert set(DONE_BY) == set(Effect)
    asked = {
        effect
        for rule in CATALOGUE.values()
        for outcome in rule.outcomes.values()
        for effect in outcome.effects
    }
    assert asked == set(Effect)
    for where in DONE_BY.values():
        room, _, name = where.rpartition(".")
        assert callable(getattr(import_module(room), name)), where
    for effect, words in BY_A_PERSON.items():
        assert words in EFFECT[effect.value]

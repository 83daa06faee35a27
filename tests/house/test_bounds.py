"""No list grows without end: each takes a limit, has one, or is short for a reason told here."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import trees

HOUSE = Path(__file__).parent.parent.parent
SHORT = {
    "taken_back.list_contested": "a right is taken back once",
    "taken_back.list_lost_along": "of one revocation: a stay has one renewal before it begins",
    "hands.list_lookers": "of one case and those before it; each is an official's act",
    "hands.list_changers": "of one case and those before it; each is an official's act",
    "preparers.list_preparers": "of one case and those before it; each is a person's act",
    "codecisions.list_of_application": "of one right; each is an official's act",
    "taken_back.list_later": "of one worker: a stay has one renewal before it begins",
    "taken_back.list_along": "of one revocation: a stay has one renewal before it begins",
    "registries.list_newest": "one of each registry, of which there are five",
    "registry_answers.list_answers": "three registries are asked about an employer",
    "assessments.list_assessments": "one of each criterion",
    "assessments.list_rows": "one of each criterion",
    "recruiter_assessments.list_assessments": "one of each criterion",
    "pool_asks.list_waiting": "the permits of one department's pool, which has a quota",
    "pool_asks.list_of_vacancy": "fifty a day at most while it is open (MOST_A_DAY)",
    "pool_asks.list_of_application": "one of each vacancy of a department and season",
    "measures.list_of_licences": "of the recruiters of one page",
    "clause_tags.list_readings": "of one batch of vacancies; each is a reader's act",
    "attestations.list_attestations": "of one batch of vacancies; each is a person's word",
    "cost_parts.list_of_claims": "of one list of claims, each of sixty parts at most (MOST_PARTS)",
    "cost_parts.list_of_application": "of a hundred payments at most, each of sixty parts",
    "nothing_paid.list_said": "of one application: three phases, by their key",
    "travel_papers.list_papers": "of one application: eight kinds by who says so, by their key",
    "payslips.list_versions": "of one worker and period; each is an act of the employer",
    "farms.list_of_many": "of the employers of one batch of vacancies",
    "child_care.list_of_employers": "of the employers of one batch of vacancies",
    "child_care.list_handovers": "of one case; each was received before the next is made",
    "farm_changes.list_last": "of one registration, whose farms are two hundred at most",
    "housing_inspections.list_last": "of the farms of one batch of vacancies",
    "mandates.list_of_employers": "of the employers of one batch of vacancies",
    "mandates.list_employers": "who has named a recruiter, walked by one run of judging",
    "measures.list_of_employers": "of the employers of one batch of vacancies",
    "registrations.list_by_employers": "of the employers of one batch of vacancies",
    "registrations.list_verified": "the worker asks about each of them once a list",
    "registry_answers.list_verdicts": "three of each employer of one batch of vacancies",
    "farms.list_closed": "of one registration, whose farms are two hundred at most at a time",
    "farms.list_farms": "of one registration, 200 at most (MOST_FARMS)",
    "account_locks.list_unused": "the nightly look walks all of them; nobody asks for it",
    "accounts.list_accounts": "the nightly look and the console; officials, some hundreds",
    "crew_phones.list_own_phones": "of one employer's people, some few",
    "accounts.list_names": "of the persons that are named",
    "agency_sets.list_asking": "of the programmes, which are few",
    "agency_sets.list_sets": "one for each change of whom a programme asks",
    "accounts.list_persons": "of the persons that are named",
    "own_applications.list_of_worker": "of one worker; starting is slowed down by address",
    "appeals.list_appeals": "two steps against each refusal of one case",
    "revocations.list_of_application": "as list_revocations",
    "appeals.list_overturned": "two steps against each refusal of one case",
    "shown_papers.list_shown": "each paper of a programme once in a round of one case",
    "info_requests.list_requests": "of one case; the case waits while one is open",
    "recommendations.list_recommendations": "one of an agency in a round",
    "applications.list_reached": "a condition for other queries, no rows",
    "appointments.list_expected": "a day has 2,400 places at most, some dozens in life",
    "appointments.list_of_day": "as list_expected",
    "appointments.list_seats": "a half hour has fifty seats at most",
    "approvals.list_current": "two agencies decide once a round",
    "approvals.list_of": "of the applications that are named",
    "approvals.list_decisions": "two agencies decide once a round",
    "codecisions.list_of_right": "one of a kind waits at a time, each passed on by an official",
    "companions.list_companions": "a worker tells of twelve at most",
    "agreed_terms.list_counting": "one of each application and vacancy that is asked for",
    "contracts.list_newest_work": "as list_versions",
    "contracts.list_reports": "a worker reports twenty times at most",
    "vacancy_contracts.list_of_vacancy": "as many as have its places: a few thousand at most",
    "contracts.list_versions": "of one person; each is an act of the employer",
    "complaint_clocks.list_clocks": "four terms of each of the cases that are named",
    "complaint_wishes.list_cared": "of the cases that are named",
    "complaint_messages.list_answered": "of the cases that are named",
    "complaint_outside.list_taken": "of cases that are asked for, five hundred at most",
    "complaint_referrals.list_of_complaint": "of one case; each is an act of a handler",
    "complaint_remedies.list_follow_ups": "three days after each closing of one case",
    "complaint_remedies.list_remedies": "of one case; each is an act of a handler",
    "accounts.list_holders": "the people of an office, some dozens",
    "complaint_steps.list_employers_kept_from": "of cases in which one official has a part",
    "complaint_duties.list_on_duty": "some of the complaints office, some dozens",
    "complaint_figures.list_ended": "of one quarter, counted once",
    "complaint_figures.list_met": "of one quarter, counted once",
    "complaint_figures.list_money": "of one quarter, summed once",
    "complaint_figures.list_received": "of one quarter, counted once",
    "complaint_figures.list_confirmed": "of one quarter, counted once",
    "complaints.list_sensitive": "of the employers that are named; a handler marked each",
    "complaint_steps.list_out": "of the cases that are named; each is an act of a handler",
    "complaint_steps.list_notes": "of one case; each is an act of a handler",
    "complaint_steps.list_steps": "of one case; each is an act of a handler",
    "candidacies.list_of_vacancy": "a roster of 5,000 at most; who is missing is written over",
    "candidacies.list_chosen": "a hundred at a time, each by a person",
    "candidacies.list_of_application": "each is an act of SETRASS for one vacancy",
    "housing_inspections.list_beside": "of one batch: what its employers offer at the same time",
    "orientation.list_seated": "a session has 200 seats at most",
    "orientation.list_taken": "as list_seated",
    "roster.list_entries": "of the applications that are named",
    "complaint_batches.list_untold": "what was written since the last night",
    "complaint_files.list_custody": "of one file; each step is an act of an official",
    "complaint_files.list_files": "thirty of one case at most (MOST_FILES)",
    "complaint_files.list_object_keys": "of the cases that are named",
    "complaint_files.list_strays": "of the names that are given",
    "complaint_groups.list_handlers": "handlers of complaints, some dozens",
    "complaint_messages.list_messages": "four hundred of one case at most (MOST_MESSAGES)",
    "recruited.list_recruiters": "of the applications that are named",
    "consents.list_of_worker": "one for each file of a worker that was handed in",
    "crew_confirmations.list_confirmations": "of the applications that are named",
    "crews.list_members": "a list has 500 people at most",
    "crews.list_of_worker": "of one worker",
    "crews.list_registered": "of the numbers that are named",
    "past_permits.list_known": "of the rows of one register, 500 at most",
    "past_permits.list_permits_of": "of the ids that are named",
    "credentials.list_of_right": "the cards of one person's one right",
    "credentials.list_statuses": "a status list is published whole; 2^17 places at most",
    "data_classes.list_columns": "the tables' columns",
    "data_requests.list_of_worker": "one of a kind is open at a time",
    "devices.list_pins": "of the persons that are named",
    "documents.list_documents": "one of a kind stands for a file",
    "employer_changes.list_of_right": "one waits at a time, each made by its worker",
    "endings.list_ended_cards": "the whole list is kept beside the backups",
    "check_ins.list_of_application": "four moments in a job",
    "wanted_cases.list_of_farm": "one for each of the eleven indicators in its days",
    "endings.list_ending_revocations": "as list_ended_cards",
    "endings.list_lists": "one, and one for each disaster",
    "endings.list_places": "a status list is published whole",
    "endings.list_leavings": "as list_ended_cards",
    "endings.list_running_suspensions": "as list_ended_cards",
    "dated_changes.list_approved": "each by two people; one thing has few",
    "dated_changes.list_changes": "each by two people; one waits for a thing at a time",
    "erasures.list_erased": "the whole list is kept beside the backups",
    "erasures.list_of_worker": "of one worker; starting is slowed down by address",
    "factors.list_factors": "a person has ten at most",
    "factors.list_people_with_factors": "the nightly look at the accounts; ids alone",
    "identity_changes.list_of_right": "one waits at a time, each made by its worker",
    "handed_in.list_piles": "of the devices that are named",
    "invitations.list_invited": "of the persons that are named",
    "log_tree.list_nodes": "from one index to another",
    "log_tree.list_without_leaf": "streamed to who verifies the log",
    "own_data.list_columns_of": "the tables' columns",
    "list_openings.list_known": "one for each 65,536 permits",
    "permit_shields.list_shielded": "of the workers that are named",
    "permit_shields.list_shields": "of one worker; each is opened by a handler",
    "quotas.list_held": "of the applications that are named",
    "restorations.list_restorations": "one for each disaster",
    "return_referrals.list_of_case": "one is open at a time, each ended by a person",
    "revocations.list_revocations": "one waits at a time, each made by a person",
    "status_lists.list_published": "one for each 65,536 permits",
    "nominations.list_named": "of the numbers asked for, one a row",
    "nominations.list_naming": "of one document",
    "share_waivers.list_waivers": "of the employers that are named",
    "vacancies.list_some": "of the vacancies that are named",
    "vacancy_judgements.list_last": "of the vacancies that are named",
    "vacancy_judgements.list_overrides": "of the vacancies that are named",
    "vacancy_judgements.list_recorders": "officials of one vacancy",
    "vacancy_judgements.list_steps": "of the vacancies that are named",
    "vacancy_terms.list_terms": "of the vacancies that are named",
    "suspensions.list_of_application": "as list_suspensions",
    "suspensions.list_suspensions": "fifteen days of one right together",
}


def listing() -> dict[str, bool]:
    """Each function that lists rows, and whether it has a limit."""
    found = {}
    for path, tree in trees(sorted((HOUSE / "app" / "storage").glob("*.py")), ["def list_"]):
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        # A statement that is made once stands in a function of its own.
        own = {node.name: node for node in functions if node.name.startswith("_")}
        for node in functions:
            if node.name.startswith("list_"):
                made = [own[name] for name in _used(node) if name in own]
                found[f"{path.stem}.{node.name}"] = any(map(_bounded, [node, *made]))
    return found


def _used(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def _bounded(function: ast.FunctionDef) -> bool:
    named = {one.arg for one in [*function.args.args, *function.args.kwonlyargs]}
    calls = {getattr(n.func, "attr", "") for n in ast.walk(function) if isinstance(n, ast.Call)}
    return bool(named & {"limit", "size"}) or "limit" in calls


@pytest.mark.asvs("2.3.2")
def test_every_list_has_a_limit_or_a_reason() -> None:
    unbounded = {name for name, bounded in listing().items() if not bounded}
    assert unbounded == set(SHORT), "give it a limit, or tell why it stays short"
    assert len(listing()) > len(SHORT) + 15

"""Raw SQL that tries to make a permit without both approvals, or to change one behind its back.

Each attack runs against a case that was lived to `stage`; `:case`, `:worker`, `:setrass`, `:inm`,
`:digest`, `:right` and `:other` (a second case, approved) stand for its values. `refused_by` is
the constraint that must refuse it.
"""

from dataclasses import dataclass

from tests.storage.statements import carry, decide, grant


@dataclass(frozen=True)
class Attack:
    """`stage`: submitted, half (SETRASS approved), refused (by INM), ungranted, granted, issued."""

    what: str
    stage: str
    sql: str
    refused_by: str


APPROVED = "UPDATE applications SET status = 'approved' WHERE id = :case; "
DECIDED = "fk_right_approvals_decision"
REBUILT = "fk_authorisations_approved_application"

ON_RIGHTS = (
    Attack("a right before anybody approved", "submitted", APPROVED + grant(), DECIDED),
    Attack("a right after one approval", "half", APPROVED + grant(), DECIDED),
    Attack("a right after a refusal", "refused", APPROVED + grant(), DECIDED),
    Attack(
        "a right that admits to a refusal",
        "refused",
        APPROVED + grant(opinion="'refuse'"),
        "ck_right_approvals_opinion",
    ),
    Attack(
        "a right by one official for both",
        "half",
        APPROVED + grant(migration=":setrass"),
        "uq_right_approvals_authorisation_official",
    ),
    Attack(
        "a right by one agency named twice",
        "half",
        APPROVED + grant(given="(1, NULL, 'setrass', :setrass), (2, 1, 'setrass', :setrass_too)"),
        DECIDED,
    ),
    Attack(
        "a right by an official who did not decide",
        "ungranted",
        grant(migration="gen_random_uuid()"),
        DECIDED,
    ),
    Attack(
        "a right to content with another digest",
        "ungranted",
        grant(digest="repeat('e', 64)"),
        REBUILT,
    ),
    Attack("a right in another round", "ungranted", grant(round="2"), REBUILT),
    Attack(
        "a right on the approvals of another case",
        "submitted",
        APPROVED + grant(labour=":other_setrass", migration=":other_inm"),
        DECIDED,
    ),
    Attack(
        "a right for another person",
        "ungranted",
        grant(worker="gen_random_uuid()"),
        "fk_authorisations_application_worker_applications",
    ),
    Attack(
        "a second right of a person for the same days",
        "ungranted",
        "UPDATE applications SET worker_number ="
        " (SELECT worker_number FROM applications o JOIN authorisations r ON r.application = o.id"
        " WHERE r.id = :other_right) WHERE id = :case; " + grant(),
        "one_right_at_a_time",
    ),
    Attack("a right while the case is under review", "half", decide() + ";" + grant(), REBUILT),
    Attack(
        "a right that calls itself under review",
        "half",
        decide() + ";" + grant(", application_status", ", 'under-review'"),
        "ck_authorisations_application_approved",
    ),
    Attack("a second right", "granted", grant(), "uq_authorisations_application"),
    Attack(
        "a right that ends before it begins",
        "granted",
        "UPDATE authorisations SET valid_until = valid_from - 1 WHERE id = :right",
        "ck_authorisations_validity",
    ),
    Attack(
        "a right moved to another case",
        "granted",
        "UPDATE authorisations SET application = :submitted WHERE id = :right",
        "fk_right_approvals_right",
    ),
)

ON_DECISIONS = (
    Attack(
        "a decision on the own case",
        "submitted",
        "INSERT INTO accounts (person, email, name, created_at)"
        " VALUES (:worker, 'x@x', 'x', now());"
        "INSERT INTO postings VALUES (:worker, 'inm', now());" + decide(official=":worker"),
        "ck_decisions_not_own_case",
    ),
    Attack(
        "the own case under another name",
        "submitted",
        decide(worker="gen_random_uuid()"),
        "fk_decisions_round",
    ),
    Attack(
        "a decision without a posting",
        "submitted",
        decide(official="gen_random_uuid()"),
        "fk_decisions_official_agency_postings",
    ),
    Attack(
        "a decision for the other agency",
        "submitted",
        decide(official=":setrass"),
        "fk_decisions_official_agency_postings",
    ),
    Attack(
        "a second decision of an agency",
        "half",
        decide(agency="'setrass'", official=":setrass_too"),
        "pk_decisions",
    ),
    Attack(
        "a second decision of an official who moved",
        "half",
        "INSERT INTO postings VALUES (:setrass, 'inm', now());" + decide(official=":setrass"),
        "uq_decisions_application_round_official",
    ),
    Attack(
        "a decision on other content",
        "half",
        decide(digest="repeat('e', 64)"),
        "fk_decisions_round",
    ),
    Attack("a decision in a round that was not", "half", decide(round="2"), "fk_decisions_round"),
    Attack("an opinion of no kind", "half", decide(opinion="'maybe'"), "ck_decisions_opinion"),
    Attack(
        "a refusal without grounds",
        "half",
        decide(opinion="'refuse'"),
        "ck_decisions_refusal_grounds",
    ),
    Attack(
        "an approval flipped under a right",
        "granted",
        "UPDATE decisions SET opinion = 'refuse', grounds = '{M1}' WHERE application = :case"
        " AND agency = 'inm'",
        DECIDED,
    ),
    Attack(
        "an approval deleted under a right",
        "granted",
        "DELETE FROM decisions WHERE application = :case AND agency = 'inm'",
        DECIDED,
    ),
    Attack(
        "an approval passed to a colleague",
        "granted",
        "UPDATE decisions SET official = :inm_other WHERE application = :case AND agency = 'inm'",
        DECIDED,
    ),
    Attack(
        "a posting taken back from who decided",
        "granted",
        "DELETE FROM postings WHERE person = :inm",
        "fk_decisions_official_agency_postings",
    ),
)

EDIT = "UPDATE application_rounds SET content = content || '\\x00'"
ON_CONTENT = (
    Attack(
        "content changed behind its digest",
        "submitted",
        EDIT + " WHERE application = :case",
        "application_rounds_never_change",
    ),
    Attack(
        "content and digest changed after a decision",
        "half",
        EDIT + ", digest = repeat('e', 64) WHERE application = :case",
        "application_rounds_never_change",
    ),
    Attack(
        "a round passed to another case",
        "half",
        "UPDATE application_rounds SET round = round + 1 WHERE application = :case",
        "application_rounds_never_change",
    ),
    Attack(
        "the decided round deleted",
        "half",
        "DELETE FROM application_rounds WHERE application = :case",
        "fk_decisions_round",
    ),
    Attack(
        "a digest that nobody handed in",
        "submitted",
        "UPDATE applications SET digest = repeat('e', 64) WHERE id = :case; SET CONSTRAINTS ALL"
        " IMMEDIATE",
        "fk_applications_current_round",
    ),
    Attack(
        "the case passed to another worker",
        "submitted",
        "UPDATE applications SET worker = gen_random_uuid() WHERE id = :case",
        "fk_application_rounds_application_worker_applications",
    ),
    Attack(
        "a closed case in somebody's hands",
        "granted",
        "UPDATE applications SET held_by = gen_random_uuid(), held_since = now() WHERE id = :case",
        "ck_applications_held_in_review",
    ),
    Attack(
        "a granted case set back",
        "granted",
        "UPDATE applications SET status = 'under-review' WHERE id = :case",
        REBUILT,
    ),
    Attack(
        "a granted case withdrawn",
        "granted",
        "UPDATE applications SET status = 'withdrawn' WHERE id = :case",
        REBUILT,
    ),
    Attack(
        "a granted case deleted",
        "granted",
        "DELETE FROM applications WHERE id = :case",
        "fk_application_rounds_application_worker_applications",
    ),
)

ON_CARRIERS = (
    Attack(
        "a credential without a right",
        "granted",
        carry().replace(
            "SELECT gen_random_uuid(), authorisation", "SELECT gen_random_uuid(), :case"
        ),
        "fk_credentials_authorisation_authorisations",
    ),
    Attack("a second credential that stands", "issued", carry(), "uq_credentials_standing"),
    Attack(
        "a place in the status list used again",
        "issued",
        "UPDATE credentials SET state = 'revoked', revoked_at = now(), revocation_reason = 'lost'"
        " WHERE authorisation = :right;" + carry(index="status_index"),
        "uq_credentials_status_list_status_index",
    ),
    Attack(
        "a number used again",
        "issued",
        "UPDATE credentials SET state = 'revoked', revoked_at = now(), revocation_reason = 'lost'"
        " WHERE authorisation = :right;" + carry(number="number"),
        "uq_credentials_number",
    ),
    Attack(
        "issued without a text",
        "granted",
        "UPDATE credentials SET state = 'issued' WHERE authorisation = :right",
        "ck_credentials_issued_text",
    ),
    Attack(
        "a text while pending",
        "granted",
        "UPDATE credentials SET text = 'x', issued_at = now() WHERE authorisation = :right",
        "ck_credentials_pending_unsigned",
    ),
    Attack(
        "revoked without a reason",
        "issued",
        "UPDATE credentials SET state = 'revoked', revoked_at = now() WHERE authorisation = :right",
        "ck_credentials_revoked_together",
    ),
    Attack(
        "the right deleted under its credential",
        "issued",
        "DELETE FROM authorisations WHERE id = :right",
        "fk_credentials_authorisation_authorisations",
    ),
)

ATTACKS = (*ON_RIGHTS, *ON_DECISIONS, *ON_CONTENT, *ON_CARRIERS)

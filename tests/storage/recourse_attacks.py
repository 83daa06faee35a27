"""Raw SQL that tries to contest what nobody did, to judge it as nobody may, and to raise a right.

Stages beside those of `right_attacks`: contested (a recourse against the revocation waits),
overturned (it was given right, and a case of its own is under review). `:proposer` and `:inm_too`
took the right back.
"""

from tests.storage.attacks import Attack
from tests.storage.statements import another_card, grant, suspend

FILE = """
INSERT INTO appeals (id, application, worker, round, digest, agency, refused_by, opinion, stage,
  filed_at, revocation, authorisation, revocation_outcome, confirmed_by)
SELECT gen_random_uuid(), {application}, worker, 1, :digest, agency, proposed_by, {opinion},
  '{stage}', now(), id, authorisation, {outcome}, {confirmed_by} FROM revocations
  WHERE authorisation = :right
"""
RESTORE = "UPDATE applications SET restores = :right WHERE id = :submitted"
DECIDE_ANEW = """
INSERT INTO decisions (application, round, agency, digest, worker, official, opinion, grounds,
  note, decided_at, agency_set)
SELECT id, round, 'inm', digest, worker, {official}, 'approve', '{{}}', '', now(), agency_set
  FROM applications WHERE restores = :right
"""
RECOMMEND = """
INSERT INTO recommendations (application, round, agency, digest, worker, official, opinion,
  grounds, note, findings, recommended_at)
VALUES (:case, 1, 'inm', :digest, :worker, :inm_other, 'approve', '{}', '', 'x', now());
"""


DROPPED = """
INSERT INTO revocations (id, authorisation, worker, agency, grounds, origin, heard, note,
  proposed_by, proposed_at, outcome, decided_by, decided_at)
SELECT gen_random_uuid(), authorisation, worker, agency, grounds, origin, heard, note,
  :inm_other, proposed_at, 'withdrawn', :inm_other, now() FROM revocations
  WHERE authorisation = :right;
"""
WISHED = """
INSERT INTO codecisions (id, authorisation, worker, agency, wish, words, asked_by, asked_at, state)
SELECT gen_random_uuid(), id, worker, 'inm', 'revoke', 'x', :inm_other, now(), 'asked'
  FROM authorisations WHERE id = :right;
"""
REFUSED_ANEW = """
INSERT INTO decisions (application, round, agency, digest, worker, official, opinion, grounds,
  note, decided_at, agency_set)
SELECT id, round, 'inm', digest, worker, :inm, 'refuse', '{M1}', 'x', now(), agency_set
  FROM applications WHERE restores = :right;
INSERT INTO appeals (id, application, worker, round, digest, agency, refused_by, opinion, stage,
  filed_at)
SELECT gen_random_uuid(), id, worker, round, digest, 'inm', :inm, 'refuse', 'reconsideration', now()
  FROM applications WHERE restores = :right;
"""


def file(**changes: str) -> str:
    """A recourse against the revocation, changed in some places."""
    usual = {
        "application": ":case",
        "opinion": "NULL",
        "stage": "reconsideration",
        "outcome": "'confirmed'",
        "confirmed_by": "decided_by",
    }
    return FILE.format(**(usual | changes))


def judge(by: str) -> str:
    """The recourse overturned by somebody."""
    return f"UPDATE appeals SET ruling = 'overturned', decided_by = {by}, decided_at = now()"


RECOURSE_ATTACKS = (
    Attack(
        "a recourse against what was only proposed",
        "proposed",
        file(confirmed_by=":inm_too"),
        "fk_appeals_confirmed_revocation",
    ),
    Attack(
        "a recourse against a proposal that says so",
        "proposed",
        file(outcome="'proposed'", confirmed_by=":inm_too"),
        "ck_appeals_against_one",
    ),
    Attack(
        "a recourse that names other people than took it back",
        "revoked",
        file(confirmed_by=":setrass"),
        "fk_appeals_revocation_by_two",
    ),
    Attack(
        "a recourse against another case's revocation",
        "revoked",
        file(application=":submitted"),
        "fk_appeals_revoked_right",
    ),
    Attack(
        "a recourse against a refusal and a revocation at once",
        "revoked",
        file(opinion="'refuse'"),
        "ck_appeals_against_one",
    ),
    Attack(
        "a revocation contested twice in one step",
        "contested",
        file(),
        "uq_appeals_application_round_stage",
    ),
    Attack(
        "a recourse judged by who proposed to take it back",
        "contested",
        judge("refused_by"),
        "ck_appeals_by_another",
    ),
    Attack(
        "a recourse judged by who confirmed it",
        "contested",
        judge("confirmed_by"),
        "ck_appeals_by_another",
    ),
    Attack(
        "a recourse judged by the other agency",
        "contested",
        judge(":setrass"),
        "fk_appeals_decided_by_agency_postings",
    ),
    Attack(
        "a recourse judged by who approved the case",
        "contested",
        judge(":inm"),
        "judged_by_another",
    ),
    Attack(
        "a recourse judged by who suspended the right",
        "contested",
        suspend(official=":inm_other", agency="'inm'") + ";" + judge(":inm_other"),
        "judged_by_another",
    ),
    Attack(
        "a recourse judged by who recommended",
        "contested",
        RECOMMEND + judge(":inm_other"),
        "judged_by_another",
    ),
    Attack(
        "a recourse judged by who proposed what was dropped",
        "contested",
        DROPPED + judge(":inm_other"),
        "judged_by_another",
    ),
    Attack(
        "a recourse judged by who passed on the employer's wish",
        "contested",
        WISHED + judge(":inm_other"),
        "judged_by_another",
    ),
    Attack(
        "a recourse judged by who filled the case in",
        "contested",
        "UPDATE applications SET assisted_by = :inm_other WHERE id = :case;" + judge(":inm_other"),
        "judged_by_another",
    ),
    Attack(
        "a recourse judged by who saw the worker's mark",
        "contested",
        "UPDATE consents SET way = 'witnessed', witness = :inm_other WHERE application = :case;"
        + judge(":inm_other"),
        "judged_by_another",
    ),
    Attack(
        "decided anew by who filled in what was lost",
        "overturned",
        "UPDATE applications SET assisted_by = :inm_other WHERE id = :case;"
        + DECIDE_ANEW.format(official=":inm_other"),
        "not_by_preparers",
    ),
    Attack(
        "what is given anew judged by who took it back",
        "overturned",
        REFUSED_ANEW + judge(":inm_too") + " WHERE ruling = 'open'",
        "judged_by_another",
    ),
    Attack("a right given anew that nobody contested", "revoked", RESTORE, "only_overturned"),
    Attack("a right given anew while it is contested", "contested", RESTORE, "only_overturned"),
    Attack(
        "a right given anew to somebody else",
        "overturned",
        "UPDATE applications SET restores = NULL WHERE restores = :right;" + RESTORE,
        "fk_applications_restored_right",
    ),
    Attack("a right given anew twice", "overturned", RESTORE, "uq_applications_restores"),
    Attack(
        "decided anew by who proposed to take it back",
        "overturned",
        DECIDE_ANEW.format(official=":proposer"),
        "not_by_takers",
    ),
    Attack(
        "decided anew by who took it back",
        "overturned",
        DECIDE_ANEW.format(official=":inm_too"),
        "not_by_takers",
    ),
    Attack(
        "the old right comes back by a recourse",
        "overturned",
        "UPDATE authorisations SET status = 'granted', revocation = NULL,"
        " revocation_outcome = NULL WHERE id = :right",
        "authorisations_stay_revoked",
    ),
    Attack(
        "a card for the old right after the recourse",
        "overturned",
        another_card("'revoked'"),
        "ck_credentials_right_stands",
    ),
    Attack(
        "a second right of the old application",
        "overturned",
        grant(),
        "uq_authorisations_application",
    ),
)

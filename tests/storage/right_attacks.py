"""Raw SQL that tries to suspend, give back, take back or replace as nobody may.

Stages beside those of `attacks`: suspended, proposed (by INM), revoked, replaced. `:inm_too` is
another official of INM than who proposed, `:other_right` the right of the other case.
"""

from tests.storage.attacks import Attack
from tests.storage.statements import (
    END_CARDS,
    GIVE_BACK,
    another_card,
    confirm,
    propose,
    suspend,
    take_back,
)

RUNNING = "fk_authorisations_running_suspension"
CONFIRMED = "fk_authorisations_confirmed_revocation"

ON_SUSPENSIONS = (
    Attack(
        "a right that is suspended by nothing",
        "issued",
        "UPDATE authorisations SET status = 'suspended' WHERE id = :right",
        "ck_authorisations_suspended_together",
    ),
    Attack(
        "a right suspended by another right's suspension",
        "suspended",
        "UPDATE authorisations SET status = 'suspended', suspended_until = s.until,"
        " suspension = s.id, suspension_ending = 'open' FROM suspensions s"
        " WHERE authorisations.id = :other_right",
        RUNNING,
    ),
    Attack(
        "a right suspended for longer than was said",
        "suspended",
        "UPDATE authorisations SET suspended_until = suspended_until + 5 WHERE id = :right",
        RUNNING,
    ),
    Attack(
        "a suspension of sixteen days",
        "suspended",
        "UPDATE suspensions SET until = since + 15",
        "ck_suspensions_fifteen_days",
    ),
    Attack(
        "a suspension made longer behind the right",
        "suspended",
        "UPDATE suspensions SET until = until + 1",
        RUNNING,
    ),
    Attack(
        "a suspension that is over under a suspended right",
        "suspended",
        "UPDATE suspensions SET ending = 'time', ended_at = now()",
        RUNNING,
    ),
    Attack(
        "a suspension lifted by who made it",
        "suspended",
        GIVE_BACK + "UPDATE suspensions SET ending = 'reinstated', ended_at = now(),"
        " ended_by = official",
        "ck_suspensions_by_another",
    ),
    Attack(
        "a suspension lifted by nobody",
        "suspended",
        GIVE_BACK + "UPDATE suspensions SET ending = 'reinstated', ended_at = now()",
        "ck_suspensions_ended_together",
    ),
    Attack(
        "a suspension lifted by the other agency",
        "suspended",
        GIVE_BACK
        + "UPDATE suspensions SET ending = 'reinstated', ended_at = now(), ended_by = :inm",
        "fk_suspensions_ended_by_agency_postings",
    ),
    Attack(
        "a suspension that comes back",
        "suspended",
        GIVE_BACK + "UPDATE suspensions SET ending = 'time', ended_at = now();"
        "UPDATE suspensions SET ending = 'open', ended_at = NULL",
        "suspensions_stay_ended",
    ),
    Attack("a second suspension while one runs", "suspended", suspend(), "uq_suspensions_open"),
    Attack(
        "a suspension by somebody without a posting",
        "issued",
        suspend(official="gen_random_uuid()"),
        "fk_suspensions_official_agency_postings",
    ),
    Attack(
        "a suspension by the worker",
        "issued",
        suspend(official=":worker"),
        "ck_suspensions_not_about_oneself",
    ),
    Attack(
        "a suspension of another person's right",
        "issued",
        suspend(worker="gen_random_uuid()"),
        "fk_suspensions_authorisation_worker_authorisations",
    ),
)

ON_REVOCATIONS = (
    Attack(
        "a right taken back by nobody",
        "issued",
        END_CARDS + "UPDATE authorisations SET status = 'revoked' WHERE id = :right",
        "ck_authorisations_revoked_together",
    ),
    Attack("a right taken back by one person", "proposed", END_CARDS + take_back(), CONFIRMED),
    Attack(
        "a right taken back by what is only proposed",
        "proposed",
        END_CARDS + take_back(outcome="'proposed'"),
        "ck_authorisations_revoked_together",
    ),
    Attack(
        "a proposal confirmed by who made it",
        "proposed",
        confirm(by="proposed_by"),
        "ck_revocations_two_people",
    ),
    Attack(
        "a proposal rejected by who made it",
        "proposed",
        confirm("'rejected'", by="proposed_by"),
        "ck_revocations_two_people",
    ),
    Attack(
        "a proposal withdrawn by another",
        "proposed",
        confirm("'withdrawn'"),
        "ck_revocations_two_people",
    ),
    Attack(
        "a proposal confirmed by the other agency",
        "proposed",
        confirm(by=":setrass"),
        "fk_revocations_decided_by_agency_postings",
    ),
    Attack(
        "a proposal confirmed by the worker",
        "proposed",
        confirm(by=":worker"),
        "ck_revocations_not_about_oneself",
    ),
    Attack(
        "a proposal confirmed by nobody",
        "proposed",
        confirm(by="NULL"),
        "ck_revocations_decided_together",
    ),
    Attack(
        "a rejected proposal confirmed afterwards",
        "proposed",
        confirm("'rejected'") + ";" + confirm(),
        "revocations_stay_decided",
    ),
    Attack(
        "a right taken back by another right's revocation",
        "revoked",
        "UPDATE credentials SET state = 'revoked', revoked_at = now(), revocation_reason = 'lost'"
        " WHERE authorisation = :other_right; " + take_back(right=":other_right"),
        CONFIRMED,
    ),
    Attack(
        "a card that stands under a revoked right",
        "proposed",
        confirm() + ";" + take_back(),
        "ck_credentials_right_stands",
    ),
    Attack(
        "a card for a revoked right",
        "revoked",
        another_card("'revoked'"),
        "ck_credentials_right_stands",
    ),
    Attack(
        "a card that does not know of the revocation",
        "revoked",
        another_card("'granted'"),
        "fk_credentials_right_status",
    ),
    Attack(
        "a card that forgets the revocation",
        "revoked",
        "UPDATE credentials SET right_status = 'granted' WHERE authorisation = :right",
        "fk_credentials_right_status",
    ),
    Attack(
        "a right that comes back",
        "revoked",
        "UPDATE authorisations SET status = 'granted', revocation = NULL,"
        " revocation_outcome = NULL WHERE id = :right",
        "authorisations_stay_revoked",
    ),
    Attack(
        "a proposal without grounds",
        "issued",
        propose(grounds="'{}'"),
        "ck_revocations_grounds",
    ),
    Attack(
        "a proposal on grounds of no list",
        "issued",
        propose(grounds="'{M9}'"),
        "ck_revocations_grounds",
    ),
    Attack(
        "a proposal of SETRASS on grounds of INM",
        "issued",
        propose(agency="'setrass'", by=":setrass"),
        "ck_revocations_grounds_of_the_agency",
    ),
    Attack(
        "a proposal for the other agency",
        "issued",
        propose(by=":setrass"),
        "fk_revocations_proposed_by_agency_postings",
    ),
    Attack(
        "a proposal about another person",
        "issued",
        propose(worker="gen_random_uuid()"),
        "fk_revocations_authorisation_worker_authorisations",
    ),
    Attack("a second proposal while one waits", "proposed", propose(), "uq_revocations_open"),
)

ON_REPLACEMENTS = (
    Attack(
        "a lost card replaced twice",
        "replaced",
        END_CARDS + another_card(replacement=2),
        "uq_credentials_replaces",
    ),
    Attack(
        "two cards of one count",
        "replaced",
        END_CARDS
        + another_card(
            replaces="(SELECT id FROM credentials WHERE authorisation = :right AND replacement = 1)"
        ),
        "uq_credentials_authorisation_replacement",
    ),
    Attack(
        "a card that follows another right's",
        "issued",
        END_CARDS
        + another_card(replaces="(SELECT id FROM credentials WHERE authorisation = :other_right)"),
        "fk_credentials_card_before",
    ),
    Attack(
        "a later card that follows none",
        "issued",
        END_CARDS + another_card(replaces="NULL", reason="NULL", replacement=3),
        "ck_credentials_replacement_together",
    ),
    Attack(
        "a card replaced for no reason",
        "issued",
        END_CARDS + another_card(reason="NULL"),
        "ck_credentials_replacement_together",
    ),
    Attack(
        "a new card while the old one stands",
        "issued",
        another_card(),
        "uq_credentials_standing",
    ),
    Attack(
        "a replaced card that comes back",
        "replaced",
        END_CARDS + "UPDATE credentials SET state = 'issued'"
        " WHERE authorisation = :right AND replacement = 0",
        "credentials_stay_ended",
    ),
    Attack(
        "a revoked card that comes back",
        "issued",
        END_CARDS + "UPDATE credentials SET state = 'issued', revoked_at = NULL,"
        " revocation_reason = NULL WHERE authorisation = :right",
        "credentials_stay_ended",
    ),
    Attack(
        "a card of a suspended right that looks granted",
        "suspended",
        "UPDATE credentials SET right_status = 'granted' WHERE authorisation = :right",
        "fk_credentials_right_status",
    ),
)

RIGHT_ATTACKS = (*ON_SUSPENSIONS, *ON_REVOCATIONS, *ON_REPLACEMENTS)

"""Raw SQL that tries to ask fewer agencies than a programme does, or to grant on fewer.

Stages beside those of `attacks`: alone (handed in while the programme asks SETRASS alone). `:set`
is the set of the case. The attacks run as the owner of the tables, who alone may write sets at all.
"""

from tests.storage.attacks import APPROVED, DECIDED, Attack
from tests.storage.statements import decide, grant

WEAKER = (
    "INSERT INTO agency_sets VALUES (900, 'coffee-hn-gt', 1, 'setrass', now());"
    "INSERT INTO set_agencies VALUES (900, 1, 'setrass', NULL, 1);"
)
OF_TWO = "INSERT INTO agency_sets VALUES (900, 'coffee-hn-gt', 2, 'setrass', now());"
ROUND = (
    "INSERT INTO application_rounds (application, round, digest, worker, content, submitted_at,"
    " agency_set) SELECT application, 2, digest, worker, content, submitted_at, {agency_set}"
    " FROM application_rounds WHERE application = :case"
)
ONE = "(1, NULL, 'setrass', :setrass)"
UNCHANGED, WHOLE = "agency_sets_never_change", "fk_agency_sets_whole"
LAST, BEFORE = "fk_authorisations_last_approval", "fk_right_approvals_before"
COUNTED = "fk_authorisations_agency_set"

ON_SETS = (
    Attack(
        "a set that asks nobody",
        "submitted",
        "INSERT INTO agency_sets VALUES (900, 'coffee-hn-gt', 0, 'setrass', now())",
        WHOLE,
    ),
    Attack(
        "a set that lacks its last agency",
        "submitted",
        OF_TWO + "INSERT INTO set_agencies VALUES (900, 1, 'setrass', NULL, 2)",
        WHOLE,
    ),
    Attack(
        "a set that lacks its first agency",
        "submitted",
        OF_TWO + "INSERT INTO set_agencies VALUES (900, 2, 'inm', 1, 2)",
        "fk_set_agencies_before",
    ),
    Attack(
        "a set that begins at its second place",
        "submitted",
        OF_TWO + "INSERT INTO set_agencies VALUES (900, 2, 'inm', NULL, 2)",
        "ck_set_agencies_one_after_the_other",
    ),
    Attack(
        "a set of one agency named twice",
        "submitted",
        OF_TWO + "INSERT INTO set_agencies VALUES (900, 1, 'inm', NULL, 2), (900, 2, 'inm', 1, 2)",
        "uq_set_agencies_agency_set_agency",
    ),
    Attack(
        "an agency beyond the last place",
        "submitted",
        OF_TWO + "INSERT INTO set_agencies VALUES (900, 3, 'inm', 2, 2)",
        "ck_set_agencies_place_within_size",
    ),
    Attack(
        "an agency that says the set is larger",
        "submitted",
        "INSERT INTO set_agencies VALUES (:set, 3, 'inm', 2, 3)",
        "uq_set_agencies_agency_set_agency",
    ),
    Attack(
        "an agency that there is not",
        "submitted",
        WEAKER.replace("'setrass', NULL", "'police', NULL"),
        "fk_set_agencies_agency_agencies",
    ),
    Attack(
        "a set whose places nobody of it takes",
        "submitted",
        WEAKER.replace("'setrass', now()", "'inm', now()"),
        "fk_agency_sets_places_by",
    ),
    Attack(
        "another agency in a set that stands",
        "submitted",
        "UPDATE set_agencies SET agency = 'setrass' WHERE agency_set = :set AND place = 2",
        UNCHANGED,
    ),
    Attack(
        "a set that asks fewer from now on",
        "submitted",
        "UPDATE agency_sets SET size = 1 WHERE id = :set",
        UNCHANGED,
    ),
    Attack(
        "an agency struck from a set",
        "submitted",
        "DELETE FROM set_agencies WHERE place = 2 AND agency_set ="
        " (SELECT id FROM agency_sets WHERE programme = 'twap-spain')",
        WHOLE,
    ),
)

ON_ROUNDS = (
    Attack(
        "a round opened with an older set",
        "submitted",
        WEAKER + ROUND.format(agency_set=":set"),
        "opened_by_newest_set",
    ),
    Attack(
        "a round opened with a set of another programme",
        "submitted",
        WEAKER.replace("coffee-hn-gt", "twap-canada") + ROUND.format(agency_set="900"),
        "opened_by_newest_set",
    ),
    Attack(
        "a round opened with no set",
        "submitted",
        ROUND.format(agency_set="NULL"),
        "opened_by_newest_set",
    ),
    Attack(
        "a round that stands passed to a weaker set",
        "submitted",
        WEAKER + "UPDATE application_rounds SET agency_set = 900 WHERE application = :case",
        "application_rounds_never_change",
    ),
    Attack(
        "a case passed to a weaker set",
        "half",
        WEAKER + "UPDATE applications SET agency_set = 900 WHERE id = :case",
        "fk_applications_set_of_round",
    ),
    Attack(
        "a case without a set",
        "half",
        "UPDATE applications SET agency_set = NULL WHERE id = :case",
        "ck_applications_round_has_set",
    ),
    Attack(
        "a case passed to a programme that asks fewer",
        "half",
        WEAKER.replace("coffee-hn-gt", "twap-canada")
        + "UPDATE applications SET programme = 'twap-canada' WHERE id = :case",
        "fk_applications_set_of_programme",
    ),
)

ON_APPROVALS = (
    Attack(
        "a decision of an agency that is not asked",
        "alone",
        decide(),
        "fk_decisions_asked_agency",
    ),
    Attack(
        "a decision that names a set in which it is asked",
        "alone",
        OF_TWO
        + "INSERT INTO set_agencies VALUES (900, 1, 'setrass', NULL, 2), (900, 2, 'inm', 1, 2);"
        + decide(agency_set="900"),
        "fk_decisions_set_of_round",
    ),
    Attack(
        "a right that counts itself done after one of two",
        "half",
        APPROVED + grant(approvals="1", given=ONE),
        COUNTED,
    ),
    Attack(
        "a right that lacks its last approval",
        "half",
        APPROVED + grant(given=ONE),
        LAST,
    ),
    Attack(
        "a right that lacks its first approval",
        "ungranted",
        grant(given="(2, 1, 'inm', :inm)"),
        BEFORE,
    ),
    Attack(
        "a right that begins at the second approval",
        "ungranted",
        grant(given="(2, NULL, 'inm', :inm)"),
        "ck_right_approvals_one_after_the_other",
    ),
    Attack(
        "a right by the agencies in each other's place",
        "ungranted",
        grant(given="(1, NULL, 'inm', :inm), (2, 1, 'setrass', :setrass)"),
        "fk_right_approvals_asked_agency",
    ),
    Attack(
        "a right under a weaker set than its round",
        "half",
        APPROVED + WEAKER + grant(agency_set="900", approvals="1", given=ONE),
        "fk_authorisations_set_of_round",
    ),
    Attack(
        "an approval in a weaker set than its right",
        "half",
        APPROVED + WEAKER + grant(approvals_of="900", given=ONE),
        "fk_right_approvals_right",
    ),
    Attack(
        "a right of another programme than its set",
        "ungranted",
        grant(programme="'twap-canada'"),
        COUNTED,
    ),
    Attack(
        "a right before the one agency approved",
        "alone",
        APPROVED + grant(approvals="1", given=ONE),
        DECIDED,
    ),
    Attack(
        "a right on nobody's approval",
        "alone",
        APPROVED + grant(approvals="0", given=ONE),
        COUNTED,
    ),
    Attack(
        "a right that needs fewer approvals afterwards",
        "granted",
        "UPDATE authorisations SET approvals = 1 WHERE id = :right",
        COUNTED,
    ),
    Attack(
        "the last approval taken from under a right",
        "granted",
        "DELETE FROM right_approvals WHERE authorisation = :right AND place = 2",
        LAST,
    ),
    Attack(
        "the first approval taken from under a right",
        "granted",
        "DELETE FROM right_approvals WHERE authorisation = :right AND place = 1",
        BEFORE,
    ),
    Attack(
        "an approval under a right passed to a colleague",
        "granted",
        "UPDATE right_approvals SET official = :setrass_too"
        " WHERE authorisation = :right AND place = 1",
        DECIDED,
    ),
    Attack(
        "an approval lent to another right",
        "granted",
        "UPDATE right_approvals SET authorisation = :other_right, place = 3, before = 2"
        " WHERE authorisation = :right AND place = 2",
        "fk_right_approvals_right",
    ),
)

SET_ATTACKS = (*ON_SETS, *ON_ROUNDS, *ON_APPROVALS)

"""Raw SQL by which who made a case would decide on it; stages as in `attacks`."""

from tests.storage.attacks import Attack
from tests.storage.statements import decide

LISTED = """
INSERT INTO crews (id, vacancy, programme, registered_by, registered_at)
SELECT gen_random_uuid(), vacancy, programme, :inm, now() FROM applications WHERE id = :case;
INSERT INTO crew_members (application, crew, worker, place)
SELECT :case, id, :worker, 1 FROM crews;
"""

PREPARED_ATTACKS = (
    Attack(
        "a decision of who filled the case in",
        "half",
        "UPDATE applications SET assisted_by = :inm WHERE id = :case;" + decide(),
        "not_by_preparers",
    ),
    Attack(
        "a decision of who saw the worker's mark",
        "half",
        "UPDATE consents SET way = 'witnessed', witness = :inm WHERE application = :case;"
        + decide(),
        "not_by_preparers",
    ),
    Attack(
        "a decision of who registered the crew",
        "half",
        LISTED + decide(),
        "not_by_preparers",
    ),
)

"""Raw SQL that tries to go on from a right that is another's, or twice from one."""

from tests.storage.attacks import Attack

BEGIN = """
INSERT INTO applications (id, worker, programme, status, round, version, answers, worker_name,
  search_text, search_keys, employer_name, held_by_name, created_at, updated_at, renews)
SELECT gen_random_uuid(), {worker}, programme, 'draft', 0, 1, '{{}}', '', '', '{{}}', '', '', now(),
  now(), {right} FROM applications WHERE id = :case;
"""


def begin(worker: str = ":worker", right: str = ":right") -> str:
    """A draft that renews a right, changed in some places."""
    return BEGIN.format(worker=worker, right=right).strip().removesuffix(";")


RENEWED = "fk_applications_renewed_right"

RENEWAL_ATTACKS = (
    Attack("a renewal of another's right", "granted", begin(right=":other_right"), RENEWED),
    Attack("a renewal for another person", "granted", begin(worker="gen_random_uuid()"), RENEWED),
    Attack(
        "a renewal of a right that was never granted",
        "granted",
        begin(right="gen_random_uuid()"),
        RENEWED,
    ),
    Attack("a right renewed twice", "granted", f"{begin()};{begin()}", "uq_applications_renewal"),
)

"""Raw SQL that tries to change an employer without labour, on the own case, or behind a digest."""

from tests.storage.attacks import Attack

ASK = """
INSERT INTO employer_changes (id, authorisation, worker, vacancy, offer, digest, asked_at, outcome,
  agency, official, decided_at)
SELECT gen_random_uuid(), :right, {worker}, id, {offer}, {digest}, now(), {outcome}, {agency},
  {official}, {decided} FROM vacancies LIMIT 1
"""


def ask(**changes: str) -> str:
    """A wish that waits, changed in some places."""
    usual = {
        "worker": ":worker",
        "offer": "'{{}}'",
        "digest": "encode(sha256('{{}}'), 'hex')",
        "outcome": "'asked'",
        "agency": "'setrass'",
        "official": "NULL",
        "decided": "NULL",
    }
    return ASK.format(**(usual | changes)).replace("{{}}", "{}")


def decided(official: str = ":setrass", **changes: str) -> str:
    """A change that was granted."""
    return ask(outcome="'granted'", official=official, decided="now()", **changes)


TOGETHER = "ck_employer_changes_decided_together"

CHANGE_ATTACKS = (
    Attack("a change by nobody", "issued", decided("NULL"), TOGETHER),
    Attack("a change by INM", "issued", decided(":inm"), "fk_employer_changes_official"),
    Attack(
        "a card taken back for fraud by one person",
        "issued",
        "UPDATE credentials SET state = 'revoked', revoked_at = now(), revocation_reason = 'fraud'",
        "no_fraud_by_one",
    ),
    Attack(
        "a change for the other agency",
        "issued",
        decided(":inm", agency="'inm'"),
        "ck_employer_changes_labour_decides",
    ),
    Attack(
        "a change by its worker", "issued", decided(":worker"), "ck_employer_changes_not_own_case"
    ),
    Attack("a wish decided without a word", "issued", ask(official=":setrass"), TOGETHER),
    Attack(
        "an offer behind its digest",
        "issued",
        ask(digest="repeat('e', 64)"),
        "ck_employer_changes_offer_is_its_digest",
    ),
    Attack(
        "a wish of another person",
        "issued",
        ask(worker="gen_random_uuid()"),
        "fk_employer_changes_right",
    ),
    Attack("two wishes of one right", "issued", f"{ask()};{ask()}", "uq_employer_changes_asked"),
)

"""Raw SQL that tries to give out more places of a quota than there are, or to keep one unlawfully.

Against a case that SETRASS approved, as in `attacks`; `:submitted` is another that nobody decided.
"""

from tests.storage.attacks import Attack

COPY = """
INSERT INTO quota_places (programme, season, scope, thing, place, total, application,
  application_status, round, digest, labour_agency, labour_official, labour_opinion, taken_at,
  agency_set)
SELECT held.programme, season, {scope}, thing, {place}, total, a.id, a.status, a.round, a.digest,
  {agency}, {official}, {opinion}, taken_at, held.agency_set
FROM quota_places held JOIN applications a ON a.id = {case}
WHERE application = :case AND scope = 'season'
"""


def copy(**changes: str) -> str:
    """A place like the case's own of the season, changed in some places."""
    usual = {
        "scope": "'season'",
        "place": "place",
        "agency": "'setrass'",
        "official": "labour_official",
        "opinion": "'approve'",
        "case": ":case",
    }
    return COPY.format(**(usual | changes))


STANDS, OTHER = "ck_quota_places_holder_stands", "'occupation'"

QUOTA_ATTACKS = (
    Attack(
        "a place that somebody holds",
        "half",
        copy(case=":submitted"),
        "pk_quota_places",
    ),
    Attack(
        "a place beyond the last",
        "half",
        copy(place="total + 1", scope=OTHER),
        "ck_quota_places_place_within_total",
    ),
    Attack(
        "a place before the first",
        "half",
        copy(place="0", scope=OTHER),
        "ck_quota_places_place_within_total",
    ),
    Attack(
        "a second place of one quota",
        "half",
        copy(place="place + 1"),
        "uq_quota_places_application_scope",
    ),
    Attack(
        "a place before SETRASS approved",
        "half",
        copy(place="place + 1", case=":submitted"),
        "fk_quota_places_labour_approval",
    ),
    Attack(
        "a place by the other agency",
        "granted",
        copy(scope=OTHER, agency="'inm'", official=":inm"),
        "fk_quota_places_labour_agency",
    ),
    Attack(
        "a place for a refusal",
        "half",
        copy(scope=OTHER, opinion="'refuse'"),
        "ck_quota_places_labour_opinion",
    ),
    Attack(
        "a place passed to another case",
        "half",
        "UPDATE quota_places SET application = :submitted WHERE application = :case",
        "fk_quota_places_application",
    ),
    *(
        Attack(
            f"a place kept by a case that is {status}",
            "half",
            f"UPDATE applications SET status = '{status}' WHERE id = :case",
            STANDS,
        )
        for status in ("refused", "returned", "withdrawn", "lapsed")
    ),
)

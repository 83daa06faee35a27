"""A programme as its file says it: read strictly, every fault at once."""

import re
from collections.abc import Mapping

from permits.errors import Fault, refuse_if
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.programmes import (
    LONGEST_SUSPENSION,
    Clocks,
    Hiring,
    Mode,
    Programme,
    Season,
    Threshold,
    Validity,
)
from permits.submissions import DocumentKind
from permits.tables import Table

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_ALPHA3_LOWER = re.compile(r"[a-z]{3}")
_ISCO = re.compile(r"[0-9]{4}")
_POST = re.compile(r"[A-Z]{2}-[A-Z]{2}-[0-9]{1,2}")


def read(mapping: Mapping[str, object]) -> Programme:
    """A programme from plain data (as TOML gives it), or Invalid with every fault at once.

    Strict: a key that is missing (`missing`) or not known (`unknown-key`), a value of another
    type (`wrong-type`), outside its list (`unknown-value`) or its bounds (`out-of-range`), a list
    with one entry twice (`twice`). The field of a fault is the path of the key, with dots.
    """
    faults: list[Fault] = []
    programme = _programme(Table(mapping, faults))
    refuse_if(faults)
    return programme


def _programme(table: Table) -> Programme:
    piece = "piece_kg_per_day"
    programme = Programme(
        code=table.text("code", _SLUG),
        name_es=table.text("name_es"),
        name_en=table.text("name_en"),
        destination=table.text("destination", _ALPHA3),
        agencies=table.choices("agencies", Agency),
        mode=table.choice("mode", Mode),
        nationalities=table.texts("nationalities", _ALPHA3),
        identity_kinds=table.choices("identity_kinds", IdentityKind),
        minimum_age_years=_threshold(table.table("minimum_age_years"), 14, 99),
        season=_season(table.table("season")) if table.has("season") else None,
        validity=_validity(table.table("validity")),
        documents=table.choices("documents", DocumentKind),
        photo_required=table.flag("photo_required"),
        signed_face=table.flag("signed_face"),
        clocks=_clocks(table.table("clocks")),
        languages=table.texts("languages", _ALPHA3_LOWER),
        occupation=table.text("occupation", _ISCO),
        credential_profile=table.text("credential_profile", _SLUG),
        posts=table.texts("posts", _POST, may_be_empty=True),
        hiring=table.choices("hiring", Hiring),
        conditions=table.number("conditions", 0, 2**31 - 1),
        wage_sector=table.text("wage_sector", _SLUG) if table.has("wage_sector") else None,
        piece_kg_per_day=_threshold(table.table(piece), 1, 1000) if table.has(piece) else None,
        valid_from=table.day("valid_from"),
        source=table.text("source"),
        checked_on=table.day("checked_on"),
    )
    table.close()
    return programme


def _threshold(table: Table, least: int, most: int) -> Threshold:
    threshold = Threshold(
        value=table.number("value", least, most),
        source=table.text("source"),
        valid_from=table.day("valid_from"),
        note=table.text("note"),
        confirmed=table.flag("confirmed"),
    )
    table.close()
    return threshold


def _season(table: Table) -> Season:
    season = Season(
        opens=table.month_and_day("opens"),
        closes=table.month_and_day("closes"),
        source=table.text("source"),
        valid_from=table.day("valid_from"),
        note=table.text("note"),
        confirmed=table.flag("confirmed"),
    )
    table.close()
    return season


def _validity(table: Table) -> Validity:
    stay = "visa_free_stay_days"
    validity = Validity(
        maximum_days=_threshold(table.table("maximum_days"), 1, 3660),
        visa_free_stay_days=_threshold(table.table(stay), 1, 366) if table.has(stay) else None,
    )
    table.close()
    return validity


def _clocks(table: Table) -> Clocks:
    clocks = Clocks(
        statutory_working_days=_threshold(table.table("statutory_working_days"), 1, 365),
        info_request_working_days=_threshold(table.table("info_request_working_days"), 1, 365),
        amber_percent=_threshold(table.table("amber_percent"), 1, 100),
        red_percent=_threshold(table.table("red_percent"), 1, 100),
        suspension_days=_threshold(table.table("suspension_days"), 1, LONGEST_SUSPENSION),
    )
    table.close()
    if 0 < clocks.red_percent.value < clocks.amber_percent.value:
        table.fault("out-of-range", "red_percent")
    return clocks

"""Cases of the rules that look at recruiters, employers and farms: R02, R03, R20–R25, R37–R40."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from recruitment.ethics.facts import (
    EmployerFacts,
    FarmFacts,
    Inspection,
    Licence,
    RecruiterFacts,
    Report,
    Waiver,
)
from recruitment.ethics.rules import RuleId
from recruitment.ethics.words import HousingItem, Indicator, ReturnTransport
from tests.recruitment.ethics.table import (
    ABROAD,
    ON,
    Cases,
    edge,
    fires,
    lacks,
    missing,
    silent,
    told,
)

D = Decimal
FIRST, LAST = date(2026, 10, 1), date(2026, 11, 30)
LICENSED = RecruiterFacts(
    window_starts_on=FIRST, window_ends_on=LAST, licences=(Licence(FIRST, LAST),)
)


def licences(*spans: tuple[date, date], suspended: tuple[date, date] | None = None) -> object:
    stops = (suspended,) if suspended else ()
    return tuple(Licence(first, last, stops) for first, last in spans)


MIDDLE = date(2026, 11, 1)
DAY = timedelta(days=1)
HOUSED = EmployerFacts(
    lives_in=True,
    workers_housed=30,
    season_starts_on=date(2026, 12, 1),
    inspections=(Inspection(date(2026, 11, 1), 30, 0),),
)
FIT = EmployerFacts(
    lives_in=True,
    workers_housed=30,
    toilets=2,
    showers=2,
    checklist=dict.fromkeys(HousingItem, True),
)


def without(item: HousingItem) -> dict[HousingItem, bool]:
    return dict.fromkeys(HousingItem, True) | {item: False}


def unlooked(item: HousingItem) -> dict[HousingItem, bool]:
    return {one: True for one in HousingItem if one is not item}


STAFF = EmployerFacts(
    foreigners=10, headcount=100, foreign_payroll=D(15), payroll=D(100), waivers=()
)
CLEAN = EmployerFacts(upheld_grave=0, unpaid_fines=0, upheld_serious=0, complaints=0)
KNOWN = EmployerFacts(
    registered=True, tax_active=True, located=True, grows_coffee=True, coffee_key=True
)
I = Indicator  # noqa: E741


def report(worker: str, indicator: Indicator, days_ago: int = 0) -> Report:
    return Report(worker, indicator, ON - timedelta(days=days_ago))


def two_signs(worker: str) -> tuple[Report, ...]:
    return (report(worker, I.ISOLATION), report(worker, I.DECEPTION))


def same(count: int, days_ago: int = 0) -> tuple[Report, ...]:
    return tuple(report(f"w{n}", I.DECEPTION, days_ago) for n in range(count))


ACTOR_CASES: Mapping[RuleId, Cases] = {
    RuleId.R02: told(
        LICENSED,
        edge(""),
        fires("no-licence", licences=()),
        edge("not-licensed", licences=licences((FIRST + DAY, LAST))),
        edge("not-licensed", licences=licences((FIRST, LAST - DAY))),
        edge("", licences=licences((FIRST, MIDDLE), (MIDDLE + DAY, LAST))),
        edge("not-licensed", licences=licences((FIRST, MIDDLE - DAY), (MIDDLE + DAY, LAST))),
        fires("not-licensed", licences=licences((FIRST, LAST), suspended=(MIDDLE, MIDDLE))),
        edge("not-licensed", licences=licences((FIRST, LAST), suspended=(LAST, LAST + DAY))),
        edge("not-licensed", licences=licences((FIRST, LAST), suspended=(FIRST - DAY, FIRST))),
        edge("", licences=licences((FIRST, LAST), suspended=(LAST + DAY, LAST + DAY))),
        edge("", licences=licences((FIRST, LAST), suspended=(FIRST - DAY, FIRST - DAY))),
        fires("window-reversed", window_ends_on=FIRST - DAY),
        edge("", window_ends_on=FIRST),
        edge("", window_ends_on=FIRST, licences=licences((FIRST, FIRST))),
        missing("window_starts_on"),
        missing("window_ends_on"),
        missing("licences"),
    ),
    RuleId.R03: told(
        RecruiterFacts(agents_registered=(True, True)),
        silent(),
        edge("", agents_registered=()),
        fires("agent-not-registered", agents_registered=(True, False)),
        fires("agent-not-registered", agents_registered=(None, False)),
        missing("agents_registered"),
        lacks("agents_registered", agents_registered=(True, None)),
    ),
    RuleId.R20: told(
        HOUSED,
        edge(""),
        edge("overcrowded", workers_housed=31),
        fires("never-inspected", inspections=()),
        fires("never-inspected", inspections=(Inspection(ON + DAY, 30, 0),)),
        edge("", inspections=(Inspection(ON, 30, 0),)),
        edge("items-open", inspections=(Inspection(MIDDLE, 30, 1),)),
        silent(inspections=(Inspection(MIDDLE, 30, 1), Inspection(MIDDLE + DAY, 30, 0))),
        edge("", inspections=(Inspection(date(2026, 12, 1) - 243 * DAY, 30, 0),)),
        edge("inspection-old", inspections=(Inspection(date(2026, 12, 1) - 244 * DAY, 30, 0),)),
        silent(lives_in=False, inspections=None),
        silent(under=ABROAD, inspections=()),
        missing("lives_in"),
        missing("inspections"),
        missing("workers_housed"),
        missing("season_starts_on"),
    ),
    RuleId.R21: told(
        FIT,
        edge(""),
        fires("locked-from-outside", checklist={HousingItem.NO_OUTSIDE_LOCK: False}),
        *(
            fires("items-missing", checklist=without(item))
            for item in HousingItem
            if item is not HousingItem.NO_OUTSIDE_LOCK
        ),
        edge("too-few-to-wash", workers_housed=31),
        silent(under=ABROAD, checklist={HousingItem.NO_OUTSIDE_LOCK: False}),
        edge("too-few-to-wash", workers_housed=31, showers=3),
        edge("too-few-to-wash", workers_housed=31, toilets=3),
        edge("too-few-to-wash", showers=1),
        edge("too-few-to-wash", toilets=1),
        silent(lives_in=False, checklist=None),
        missing("lives_in"),
        missing("checklist"),
        *(lacks("checklist", checklist=unlooked(item)) for item in HousingItem),
        missing("workers_housed"),
        missing("toilets"),
        missing("showers"),
    ),
    RuleId.R22: told(
        EmployerFacts(return_transport=ReturnTransport.TO_HOME),
        silent(),
        silent(under=ABROAD),
        edge("", return_transport=ReturnTransport.TO_BORDER),
        edge("only-to-border", return_transport=ReturnTransport.TO_BORDER, under=ABROAD),
        fires("return-not-paid", return_transport=ReturnTransport.NOT_PAID),
        fires("return-not-paid", return_transport=ReturnTransport.NOT_PAID, under=ABROAD),
        missing("return_transport"),
    ),
    RuleId.R23: told(
        STAFF,
        edge(""),
        edge("too-many-workers", foreigners=11),
        edge("too-many-workers", foreigners=101, headcount=1000),
        edge("too-much-payroll", foreign_payroll=D("15.01")),
        edge("", foreigners=20, waivers=(Waiver(10, ON),)),
        edge("too-many-workers", foreigners=20, waivers=(Waiver(10, ON - DAY),)),
        fires("too-many-workers", foreigners=21, waivers=(Waiver(10, ON),)),
        edge("too-many-workers", foreigners=21, waivers=(Waiver(10, ON), Waiver(1, ON))),
        edge("", foreign_payroll=D(25), waivers=(Waiver(10, ON),)),
        silent(under=ABROAD, foreigners=None),
        *(
            missing(name)
            for name in ("foreigners", "headcount", "foreign_payroll", "payroll", "waivers")
        ),
    ),
    RuleId.R24: told(
        CLEAN,
        silent(),
        edge("grave-complaint", upheld_grave=1),
        edge("fine-unpaid", unpaid_fines=1),
        edge("serious-complaint", upheld_serious=1),
        edge("", complaints=4),
        edge("many-complaints", complaints=5),
        fires("grave-complaint", upheld_grave=2, complaints=None),
        missing("upheld_grave"),
        missing("unpaid_fines"),
        missing("upheld_serious"),
        missing("complaints"),
        missing("complaints", upheld_serious=1),
    ),
    RuleId.R25: told(
        KNOWN,
        silent(),
        fires("not-registered", registered=False, tax_active=None),
        fires("tax-inactive", tax_active=False),
        fires("not-located", located=False),
        edge("no-coffee-key", coffee_key=False),
        edge("", grows_coffee=False, coffee_key=False),
        silent(grows_coffee=False, coffee_key=None),
        silent(under=ABROAD, registered=False),
        *(missing(name) for name in ("registered", "tax_active", "located", "grows_coffee")),
        missing("coffee_key"),
    ),
    RuleId.R37: told(
        FarmFacts(reports=()),
        silent(),
        fires("signs-of-one-worker", reports=two_signs("a")),
        fires("signs-of-one-worker", reports=(*two_signs("a"), report("b", I.ISOLATION))),
        edge("", reports=(report("a", I.DECEPTION), report("a", I.DECEPTION, 3))),
        edge("", reports=(report("a", I.DECEPTION), report("b", I.ISOLATION))),
        edge("", reports=same(2)),
        edge("sign-of-several", reports=same(3)),
        edge("sign-of-several", reports=same(3, days_ago=29)),
        edge("", reports=same(3, days_ago=30)),
        edge("", reports=same(3, days_ago=-1)),
        missing("reports"),
    ),
    RuleId.R38: told(
        FarmFacts(minors=2, care_arranged=True),
        silent(),
        edge("", minors=0, care_arranged=False),
        edge("no-care", minors=1, care_arranged=False),
        fires("no-care", care_arranged=False),
        silent(minors=0, care_arranged=None),
        silent(under=ABROAD, care_arranged=False),
        missing("minors"),
        missing("care_arranged"),
    ),
    RuleId.R39: told(
        FarmFacts(entered_for="a", authorised_for=frozenset({"a"}), change_requested=False),
        silent(),
        fires("other-farm", entered_for="b"),
        edge("", entered_for="b", change_requested=True),
        edge("other-farm", authorised_for=frozenset()),
        silent(change_requested=None),
        missing("entered_for"),
        missing("authorised_for"),
        missing("change_requested", entered_for="b"),
    ),
    RuleId.R40: told(
        RecruiterFacts(answers=20, different=0),
        silent(),
        silent(answers=0),
        edge("", different=5, answers=50),
        edge("different-terms", different=5, answers=49),
        edge("different-terms", different=100, answers=999),
        edge("", different=4, answers=4),
        fires("different-terms", different=10),
        missing("answers"),
        missing("different"),
    ),
}

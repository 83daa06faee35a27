"""What may be wrong with a vacancy of the made-up market, one plant a violation."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from app.services.work import Work
from app.storage import measures
from app.storage.measures import Against
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.ethics.words import Contact, HousingItem, Requirement, ReturnTransport
from recruitment.housing import HousingInspection, Shortcoming
from recruitment.registries import EntryState, Registry, Verdict
from recruitment.standings import MeasureKind
from tests.hirers import FIT, PAPERS, know, licence, measure, name_recruiter
from tests.vacancies import FIRST, LATA

D = Decimal
NOT_LISTED = {Registry.RNSP: Verdict.NOT_FOUND}
NO_KEY = {Registry.IHCAFE: Verdict.NOT_TOLD}
BY_DAY = {"unit": WageUnit.DAY, "unit_kg": None}
TAKEN: Mapping[str, object] = {"food_deducted": D(10), "deducted_in_writing": True}
Found = frozenset[tuple[str, str]]
"""Rule and code of everything that is to be found."""

Changes = Mapping[str, object]


@dataclass(frozen=True)
class Plant:
    """A violation: what it changes of the offer and of the terms, and what is found then."""

    found: Found
    offer: Changes
    terms: Changes
    hirer: Callable[[Work, UUID], object] | None = None
    family: bool = False
    """Whether a child comes along with somebody who applies for the vacancy."""
    places: int = 20
    deceived: int = 0
    """How many workers agree to its contract, and tell that the work is another one (R40)."""

    @property
    def kind(self) -> str:
        """Which part of a vacancy is at fault."""
        if self.hirer is not None:
            return "hirer"
        if "employer_size" in self.offer or (self.offer and self.terms):
            return "alone"
        return "terms" if self.terms else "offer"

    def along_with(self, other: "Plant") -> "Plant":
        """Both faults in one vacancy: what the other one changes is fair in this one."""
        return replace(
            self,
            found=self.found | other.found,
            offer={**self.offer, **other.offer},
            terms={**self.terms, **other.terms},
        )


def _plant(
    rule: str, code: str, *, offer: Changes | None = None, terms: Changes | None = None
) -> Plant:
    return Plant(frozenset({(rule, code)}), offer or {}, terms or {})


def _hirer(rule: str, code: str, hirer: Callable[[Work, UUID], object]) -> Plant:
    """A violation of who hires or recruits, in a fair vacancy; `hirer` makes it be known so."""
    return Plant(frozenset({(rule, code)}), {}, {}, hirer)


def _housed(*found: tuple[str, str], seen: HousingInspection | None) -> Plant:
    """Violations of the housing alone, as the last look at it shows them."""
    return Plant(frozenset(found), {}, {}, partial(know, seen=seen))


def _failing(*items: HousingItem) -> HousingInspection:
    failed = tuple(Shortcoming(item) for item in items)
    return replace(FIT, shortcomings=failed, mend_by=FIT.on + timedelta(days=30))


def _known_with(kind: MeasureKind, times: int = 1) -> Callable[[Work, UUID], object]:
    def make(work: Work, employer: UUID) -> None:
        know(work, employer)
        for _ in range(times):
            found = measure(work, Against(employer), kind)
            if times > 1:
                # Remedied ones stop nobody by themselves, and are counted for a year.
                today = legal_day(work.now)
                event = work.event(Act.MEASURE_SETTLED, found)
                measures.settle_measure(
                    work.session, Against(employer), found, SYSTEM.person, today, event=event
                )

    return make


def recruited_by(*chain: str) -> Callable[[Work, UUID], object]:
    def make(work: Work, employer: UUID) -> None:
        know(work, employer)
        above = None
        for number in chain:
            above = name_recruiter(work, employer, number, above)

    return make


LICENCES = (
    licence("HNGOOD"),
    licence("HNSHORT", days=2),
    licence("HNSTOPPED", state=EntryState.SUSPENDED),
    licence("HNFINED"),
    licence("HNTOLD"),
)
"""The register of recruiters in the market: one is fined, and none is called HNNONE."""


PLANTS: tuple[Plant, ...] = (
    _plant("R01", "worker-pays", terms={"worker_pays": D(250)}),
    _plant("R01", "fee-declared", terms={"fees_charged": True}),
    _plant("R01", "unknown", terms={"fees_charged": None}),
    _plant("R06", "below-minimum", offer={**BY_DAY, "wage": D(200)}),
    _plant(
        "R06",
        "row-missing",
        offer={**BY_DAY, "wage": D(400), "employer_size": EmployerSize.TO_50},
    ),
    _plant("R07", "piece-below-minimum", offer={**LATA, "wage": D("59.97")}),
    _plant("R07", "topped-up", offer={**LATA, "wage": D("59.97"), "tops_up": True}),
    _plant("R08", "few-days", terms={"guaranteed_days": 3}),
    _plant("R08", "unknown", terms={"guaranteed_days": None}),
    _plant("R09", "day-too-long", offer={"hours_per_day": D("12.5"), "days_per_week": 3}),
    _plant("R09", "overtime-too-often", offer={"hours_per_day": D(9), "days_per_week": 5}),
    _plant("R09", "over-ordinary", offer={"hours_per_day": D(8), "days_per_week": 6}),
    _plant("R10", "no-rest-day", offer={"hours_per_day": D(6), "days_per_week": 7}),
    _plant("R11", "premium-too-low", terms={"overtime_premium_percent": 24}),
    Plant(
        frozenset({("R12", "over-cap"), ("R13", "unknown")}),
        {**BY_DAY, "wage": D(400)},
        {**TAKEN, "housing_deducted": D(4000)},
    ),
    _plant("R13", "no-consent", terms={**TAKEN, "deducted_in_writing": False}),
    _plant("R14", "words-unread", terms={"tasks_es": "Cortar café. Hay multa por irse."}),
    _plant("R15", "words-unread", terms={"tasks_en": "Pick coffee. They keep passport."}),
    _plant("R19", "terms-missing", terms={"tasks_en": ""}),
    _plant("R19", "terms-missing", terms={"insurance": None}),
    _housed(("R20", "never-inspected"), ("R21", "unknown"), seen=None),
    _housed(("R20", "overcrowded"), seen=replace(FIT, capacity=19)),
    _housed(("R20", "inspection-old"), seen=replace(FIT, on=FIRST - timedelta(days=244))),
    _housed(
        ("R20", "items-open"),
        ("R21", "items-missing"),
        seen=_failing(HousingItem.POTABLE_WATER),
    ),
    _housed(
        ("R20", "items-open"),
        ("R21", "locked-from-outside"),
        seen=_failing(HousingItem.NO_OUTSIDE_LOCK),
    ),
    _housed(("R21", "too-few-to-wash"), seen=replace(FIT, toilets=1)),
    _plant("R22", "return-not-paid", terms={"way_back": ReturnTransport.NOT_PAID}),
    _plant("R23", "too-many-workers", terms={"foreigners": 7}),
    _plant("R23", "too-much-payroll", terms={"foreign_payroll": D(90_001)}),
    _plant("R23", "unknown", terms={"headcount": None}),
    _plant("R26", "stay-needs-permit", offer={"ends_on": FIRST + timedelta(days=90)}),
    _plant("R27", "outside-season", offer={"starts_on": date(2026, 9, 27), "ends_on": FIRST}),
    _plant(
        "R28",
        "grave-discrimination",
        terms={"requirements": frozenset({Requirement.PREGNANCY_TEST})},
    ),
    _plant("R28", "discrimination", terms={"tasks_es": "Cortar café; se busca buena presencia."}),
    _plant("R29", "visa-promised", terms={"tasks_es": "Cortar café, con visa garantizada."}),
    _plant("R29", "personal-contact-only", terms={"contacts": frozenset({Contact.CHAT})}),
    _plant("R29", "wage-too-good", offer={**BY_DAY, "wage": D(9000)}),
    _hirer("R02", "no-licence", recruited_by("HNNONE")),
    _hirer("R02", "not-licensed", recruited_by("HNSHORT")),
    _hirer("R02", "not-licensed", recruited_by("HNSTOPPED")),
    _hirer("R02", "not-licensed", recruited_by("HNFINED")),
    _hirer("R03", "agent-not-registered", recruited_by("HNGOOD", "HNNONE")),
    _hirer("R03", "agent-not-registered", recruited_by("HNGOOD", "HNGOOD2", "HNSTOPPED")),
    _hirer("R24", "grave-complaint", _known_with(MeasureKind.GRAVE_COMPLAINT)),
    _hirer("R24", "fine-unpaid", _known_with(MeasureKind.FINE)),
    _hirer("R24", "serious-complaint", _known_with(MeasureKind.SERIOUS_COMPLAINT)),
    _hirer("R24", "many-complaints", _known_with(MeasureKind.SERIOUS_COMPLAINT, 5)),
    Plant(
        frozenset({("R20", "never-inspected"), ("R21", "unknown"), ("R25", "unknown")}),
        {},
        {},
        lambda work, employer: None,
    ),
    _hirer("R25", "unknown", partial(know, papers=PAPERS[:1])),
    _hirer("R25", "not-registered", partial(know, papers=PAPERS[:1], verdicts=NOT_LISTED)),
    _hirer("R25", "tax-inactive", partial(know, verdicts={Registry.RTN: Verdict.NOT_ACTIVE})),
    _hirer("R25", "not-located", partial(know, located=False)),
    _hirer("R25", "no-coffee-key", partial(know, papers=PAPERS[:2], verdicts=NO_KEY)),
    _hirer("", "employer-suspended", _known_with(MeasureKind.SUSPENSION)),
    _hirer("", "employer-suspended", _known_with(MeasureKind.BAR)),
    Plant(
        frozenset({("R27", "over-quota"), ("R20", "overcrowded")}),
        {},
        {},
        know,  # no house holds so many
        places=2001,
    ),
    Plant(
        frozenset({("R40", "different-terms"), ("R38", "no-care")}),
        {"hiring": Hiring.OPEN},
        {},
        recruited_by("HNTOLD"),
        deceived=5,
        family=True,
    ),
)
"""One of each outcome that the facts of a vacancy, its employer, its recruiters and its workers'
families can have; what an authority ordered is no rule's, and has no number."""


def _rules(plant: Plant) -> set[str]:
    return {rule for rule, _ in plant.found}


def pack(plants: Sequence[Plant]) -> Iterator[Plant]:
    """The same faults in fewer vacancies: who hires is one thing, offer and terms are others."""
    by_kind: dict[str, list[Plant]] = defaultdict(list)
    for one in plants:
        by_kind[one.kind].append(one)
    offers, terms = by_kind["offer"], by_kind["terms"]
    for plant in by_kind["hirer"]:
        packed = plant
        for some in (offers, terms):
            # A rule names one fault of a vacancy at a time.
            fits = [one for one in some if not _rules(one) & _rules(packed)]
            if fits:
                some.remove(fits[-1])
                packed = packed.along_with(fits[-1])
        yield packed
    yield from (*by_kind["alone"], *offers, *terms)


CLEAN = Plant(frozenset(), {}, {})

"""Cases of the rules that look at a contract: R09–R19."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from permits.wages import WageUnit
from recruitment.ethics.facts import AgreedTerms, ContractFacts, Deduction
from recruitment.ethics.rules import RuleId
from recruitment.ethics.words import Clause, ContractTerm, DeductionKind, Shift, Weighed
from tests.recruitment.ethics.table import Cases, edge, fires, lacks, missing, silent, told

D = Decimal
K = DeductionKind


def week(*hours: str) -> tuple[Decimal, ...]:
    return tuple(map(D, hours))


ORDINARY = week("8", "8", "8", "8", "8", "4", "0")
HOURS = ContractFacts(hours_by_day=ORDINARY, shift=Shift.DAY)


def taken(kind: DeductionKind, amount: str, *, consent: bool | None = True) -> Deduction:
    return Deduction(kind, D(amount), consent)


DEDUCTED = ContractFacts(
    wage_per_month=D(9000), deductions=(taken(K.SOCIAL_SECURITY, "200"),), currency="CAD"
)
READ = ContractFacts(clauses=frozenset(), text="El trabajador puede irse cuando quiera.")
TERMS = AgreedTerms(
    D(320),
    "HNL",
    WageUnit.DAY,
    D(8),
    "0404",
    "Corte de café",
    date(2026, 12, 1),
    date(2027, 2, 15),
    D(200),
    {"housing": D(1)},
)
SAME = ContractFacts(
    approved_sha256="a" * 64,
    delivered_sha256="a" * 64,
    approved=TERMS,
    delivered=TERMS,
    others=frozenset(),
)
OTHER = "b" * 64


def exchanged(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    delivered = replace(TERMS, **changes)
    return {"delivered_sha256": OTHER, "delivered": delivered}


def reworded(looked: Weighed | None = None) -> dict[str, Any]:
    """Only words are others."""
    return {"delivered_sha256": OTHER, "others": frozenset({"tasks_es"}), "looked": looked}


LITERATE = ContractFacts(
    languages=frozenset({"spa", "caa"}),
    understands=frozenset({"caa"}),
    reads=frozenset({"caa"}),
    read_aloud=False,
    heard_in="caa",
)
UNREAD: dict[str, Any] = {"reads": frozenset[str]()}
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
TIMED = ContractFacts(accepted_at=NOON, travels_at=NOON + timedelta(days=3))
FULL = ContractFacts(stated=frozenset(ContractTerm))

CONTRACT_CASES: Mapping[RuleId, Cases] = {
    RuleId.R09: told(
        HOURS,
        silent(),
        edge("over-ordinary", hours_by_day=week("8", "8", "8", "8", "8", "4.5", "0")),
        edge("over-ordinary", hours_by_day=week("8.5", "8", "8", "8", "8", "0", "0")),
        edge("over-ordinary", hours_by_day=week("12", "8", "8", "8", "8", "0", "0")),
        edge("day-too-long", hours_by_day=week("12.5", "8", "8", "8", "0", "0", "0")),
        edge("over-ordinary", hours_by_day=week("9", "9", "9", "9", "8", "0", "0")),
        edge("overtime-too-often", hours_by_day=week("9", "9", "9", "9", "9", "0", "0")),
        edge("", shift=Shift.MIXED, hours_by_day=week("7", "7", "7", "7", "7", "7", "0")),
        edge(
            "over-ordinary",
            shift=Shift.MIXED,
            hours_by_day=week("7", "7", "7", "7", "7", "7", "0.5"),
        ),
        fires("over-ordinary", shift=Shift.MIXED, hours_by_day=week(*"8777700")),
        edge("", shift=Shift.NIGHT, hours_by_day=week("6", "6", "6", "6", "6", "6", "0")),
        edge(
            "over-ordinary",
            shift=Shift.NIGHT,
            hours_by_day=week("6", "6", "6", "6", "6", "6", "0.5"),
        ),
        edge("over-ordinary", shift=Shift.NIGHT, hours_by_day=week("6.5", *"666600")),
        fires("overtime-too-often", shift=Shift.NIGHT),
        fires("day-too-long", hours_by_day=week("14", "0", "0", "0", "0", "0", "0"), shift=None),
        missing("hours_by_day"),
        missing("shift"),
    ),
    RuleId.R10: told(
        HOURS,
        silent(),
        fires("no-rest-day", hours_by_day=week(*"8888888")),
        edge("no-rest-day", hours_by_day=week("8", "8", "8", "8", "8", "4", "0.5")),
        missing("hours_by_day"),
    ),
    RuleId.R11: told(
        ContractFacts(overtime_premium_percent=50),
        silent(),
        edge("", overtime_premium_percent=25),
        edge("premium-too-low", overtime_premium_percent=24),
        fires("premium-too-low", overtime_premium_percent=0),
        missing("overtime_premium_percent"),
    ),
    RuleId.R12: told(
        DEDUCTED,
        silent(),
        silent(deductions=()),
        edge("", deductions=(taken(K.HOUSING, "2000"), taken(K.FOOD, "250"))),
        edge("over-cap", deductions=(taken(K.HOUSING, "2000"), taken(K.FOOD, "250.01"))),
        fires("not-allowed", deductions=(taken(K.TOOLS, "1"),)),
        fires("recruitment-cost", deductions=(taken(K.RECRUITMENT, "1"),), wage_per_month=None),
        missing("deductions"),
        missing("wage_per_month"),
        lacks("wage_per_month", wage_per_month=D(0)),
    ),
    RuleId.R13: told(
        DEDUCTED,
        silent(),
        edge("", deductions=(taken(K.HOUSING, "65"), taken(K.FOOD, "65"))),  # 30 a week
        edge("above-fair-value", deductions=(taken(K.HOUSING, "65"), taken(K.FOOD, "65.01"))),
        fires("no-consent", deductions=(taken(K.FOOD, "1", consent=False),)),
        fires("no-consent", deductions=(taken(K.HOUSING, "1"), taken(K.FOOD, "1", consent=False))),
        silent(deductions=(taken(K.FOOD, "0", consent=False),)),
        silent(deductions=(taken(K.TAX, "900", consent=None),)),
        missing("deductions"),
        lacks("consent", deductions=(taken(K.FOOD, "1", consent=None),)),
        lacks("consent", deductions=(taken(K.HOUSING, "1"), taken(K.FOOD, "1", consent=None))),
        missing("currency", deductions=(taken(K.FOOD, "1"),)),
        lacks("fair_value", deductions=(taken(K.FOOD, "1"),), currency="HNL"),
    ),
    RuleId.R14: told(
        READ,
        silent(),
        *(fires("clause", clauses=frozenset({c})) for c in Clause if c != Clause.KEEPS_DOCUMENTS),
        fires("clause", clauses=frozenset({Clause.BOND}), text=None),
        silent(clauses=frozenset({Clause.KEEPS_DOCUMENTS})),  # R15's
        edge("words-seen", text="No se pide ninguna FIANZA."),
        edge("", text="Es un trabajo de confianza."),
        missing("clauses"),
        missing("text"),
        missing("clauses", "text"),
        edge("words-unread", clauses=None, fixed_form=True, text="Hay MULTA por irse."),
        *(
            fires("words-unread", clauses=None, fixed_form=True, text=text)
            for text in (
                "Quien se vaya antes pierde el salario de la quincena.",
                "Se retiene 20 % del salario hasta terminar la cosecha.",
                "Nadie puede salir de la finca sin permiso del caporal.",
            )
        ),
        silent(clauses=None, fixed_form=True, text="Pierde peso el café. El salario es por día."),
        edge("", clauses=None, fixed_form=True),
        silent(fixed_form=True),
        edge("words-seen", fixed_form=True, text="No se pide ninguna FIANZA."),
        missing("clauses", "text", fixed_form=True),
    ),
    RuleId.R15: told(
        READ,
        silent(),
        fires("clause", clauses=frozenset({Clause.KEEPS_DOCUMENTS}), text=None),
        silent(clauses=frozenset({Clause.BOND})),  # R14's
        edge("words-seen", text="Nadie puede retener el pasaporte."),
        edge("", text="Se detiene la lluvia."),
        missing("clauses"),
        missing("text"),
        edge("words-unread", clauses=None, fixed_form=True, text="Hay que entregar el documento."),
        *(
            fires("words-unread", clauses=None, fixed_form=True, text=text)
            for text in (
                "El patrón guarda los pasaportes y DPI hasta el final de la cosecha.",
                "Los documentos quedan en la oficina del patrón.",
            )
        ),
        edge("", clauses=None, fixed_form=True),
    ),
    RuleId.R16: told(
        SAME,
        silent(),
        fires("altered", delivered_sha256=OTHER),
        silent(delivered=None),  # the very same text
        edge("altered", **exchanged(wage=D("320.01"))),
        edge("substituted", **exchanged(wage=D("319.99"))),
        fires("substituted", **exchanged(currency="GTQ")),
        fires("substituted", **exchanged(unit=WageUnit.MONTH)),
        edge("substituted", **exchanged(hours_per_day=D("8.5"))),
        edge("altered", **exchanged(hours_per_day=D("7.5"))),
        fires("substituted", **exchanged(place="0501")),
        fires("substituted", **exchanged(job="Vigilancia")),
        fires("substituted", **exchanged(starts_on=date(2026, 12, 2))),
        fires("substituted", **exchanged(ends_on=date(2027, 3, 15))),
        edge("substituted", **exchanged(deductions=D("200.01"))),
        edge("altered", **exchanged(deductions=D("199.99"))),
        edge("substituted", **exchanged(promised={"housing": D(0)})),
        edge("altered", **exchanged(promised={"housing": D(2), "food": D(1)})),
        silent(reported=frozenset[str]()),
        fires("reported", reported=frozenset({"wage"})),
        fires("reported", delivered_sha256=OTHER, reported=frozenset({"wage"})),
        fires("substituted", reported=frozenset({"job"}), **exchanged(wage=D(1))),
        fires("substituted", **exchanged(promised={})),
        fires("unread", **reworded()),
        fires("unread", reported=frozenset({"wage"}), **reworded()),
        fires("altered", **reworded(Weighed.SAME)),
        fires("altered", **reworded(Weighed.BETTER)),
        fires("substituted", **reworded(Weighed.WORSE)),
        fires("substituted", **(reworded() | exchanged(wage=D(1)))),
        fires("reported", reported=frozenset({"wage"}), **reworded(Weighed.SAME)),
        missing("others", delivered_sha256=OTHER),
        missing("approved_sha256"),
        missing("delivered_sha256"),
        missing("approved", delivered_sha256=OTHER),
        missing("delivered", delivered_sha256=OTHER),
    ),
    RuleId.R17: told(
        LITERATE,
        silent(),
        silent(read_aloud=None),
        fires("no-language", languages=frozenset({"spa"})),
        fires("no-language", languages=frozenset[str]()),
        silent(read_aloud=True, heard_in="eng"),
        silent(read_aloud=True, heard_in=None),
        edge("", read_aloud=True, heard_in="caa", **UNREAD),
        edge("no-language", read_aloud=True, heard_in="spa", **UNREAD),
        edge("", languages=frozenset({"spa"}), read_aloud=True, heard_in="caa"),
        fires("no-language", languages=frozenset({"spa"}), read_aloud=True, heard_in="spa"),
        fires("no-language", languages=frozenset({"spa"}), read_aloud=None),
        missing("heard_in", read_aloud=True, **UNREAD),
        missing("heard_in", languages=frozenset({"spa"}), read_aloud=True),
        edge("not-read-aloud", **UNREAD),
        fires("not-read-aloud", reads=frozenset({"eng"})),
        missing("read_aloud", **UNREAD),
        missing("languages"),
        missing("understands"),
        missing("reads"),
    ),
    RuleId.R18: told(
        TIMED,
        silent(),
        edge("", travels_at=NOON + timedelta(hours=24)),
        edge("too-late", travels_at=NOON + timedelta(hours=23, minutes=59)),
        fires("too-late", travels_at=NOON - timedelta(hours=1)),
        missing("accepted_at"),
        missing("travels_at"),
    ),
    RuleId.R19: told(
        FULL,
        silent(),
        edge("terms-missing", stated=FULL.stated - {ContractTerm.PAY_DAY} if FULL.stated else None),
        fires("terms-missing", stated=frozenset()),
        missing("stated"),
    ),
}

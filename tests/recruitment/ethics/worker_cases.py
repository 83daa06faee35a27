"""Cases of the rules that look at a worker, the cost diary and a check-in: R04, R05, R30–R36."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from recruitment.ethics.facts import CheckInFacts, CostFacts, CostItem, Loan, WorkerFacts
from recruitment.ethics.rules import RuleId
from recruitment.ethics.words import CostCode, Lender, Payer
from recruitment.exchange_rates import Rate, Rates
from tests.recruitment.ethics.table import ABROAD, Cases, edge, fires, lacks, missing, silent, told

D = Decimal
ADULT = WorkerFacts(date_of_birth=date(1990, 3, 1), starts_on=date(2026, 12, 1))
CERTAIN = WorkerFacts(identity_mismatch=False, looks_like_child=False)


def cost(
    code: CostCode,
    amount: str = "1",
    payer: Payer = Payer.WORKER,
    currency: str = "HNL",
    paid_on: date | None = date(2026, 11, 20),
) -> CostItem:
    return CostItem(code, payer, D(amount), currency, paid_on)


def quetzales(amount: str, paid_on: date | None = date(2026, 11, 20)) -> CostItem:
    return cost(CostCode.MEDICAL, amount, Payer.WORKER, "GTQ", paid_on)


def loan(
    lender: Lender = Lender.BANK, interest: str | None = "12", *, by_wage: bool | None = False
) -> Loan:
    return Loan(lender, None if interest is None else D(interest), by_wage)


RATES = Rates({"GTQ": (Rate("GTQ", date(2026, 11, 18), D("3.6"), "BCH"),)})
DIARY = CostFacts(items=(), wage_per_month=D(9000), currency="HNL", exchange_rates=RATES)
CALM = CheckInFacts(
    document_held=False,
    cannot_leave=False,
    guarded=False,
    phone_taken=False,
    violence=False,
    harassment=False,
    threatened=False,
    days_since_pay=10,
    pay_period_days=15,
    paid=D(1000),
    due=D(1000),
)

WORKER_CASES: Mapping[RuleId, Cases] = {
    RuleId.R04: told(
        ADULT,
        silent(),
        edge("", date_of_birth=date(2008, 12, 1)),
        edge("underage", date_of_birth=date(2008, 12, 2)),
        fires("underage", date_of_birth=date(2012, 1, 1)),
        edge("", date_of_birth=date(2005, 12, 1), under=ABROAD),
        edge("underage", date_of_birth=date(2005, 12, 2), under=ABROAD),
        missing("date_of_birth"),
        missing("starts_on"),
    ),
    RuleId.R05: told(
        CERTAIN,
        silent(),
        fires("identity-mismatch", identity_mismatch=True, looks_like_child=None),
        fires("looks-like-child", looks_like_child=True, identity_mismatch=None),
        edge("", looks_like_child=True, identity_mismatch=True, cleared=True),
        missing("looks_like_child"),
        missing("identity_mismatch"),
        missing("looks_like_child", "identity_mismatch"),
    ),
    RuleId.R30: told(
        DIARY,
        silent(),
        *(
            fires("charged", items=(cost(code),))
            for code in (
                CostCode.FEE_PLACEMENT,
                CostCode.BROKER,
                CostCode.BRIBE,
                CostCode.BOND,
                CostCode.COLLATERAL,
            )
        ),
        edge("charged", items=(cost(CostCode.BROKER, payer=Payer.FAMILY),)),
        edge("", items=(cost(CostCode.BROKER, payer=Payer.EMPLOYER),)),
        silent(items=(cost(CostCode.MEDICAL),)),
        missing("items"),
    ),
    RuleId.R31: told(
        DIARY,
        silent(),
        silent(items=(cost(CostCode.FOOD, "500"),)),
        silent(items=(cost(CostCode.MEDICAL, "500", Payer.EMPLOYER),)),
        silent(items=(cost(CostCode.MEDICAL, "0"),)),
        edge("repay", items=(cost(CostCode.MEDICAL, "0.01"),)),
        edge("repay", items=(cost(CostCode.TRAVEL_IN, "900"),)),
        edge("large-part", items=(cost(CostCode.TRAVEL_IN, "450"), cost(CostCode.TEST, "450.01"))),
        edge("large-part", items=(cost(CostCode.ADMIN_VISA, "9000"),)),
        edge("more-than-a-wage", items=(cost(CostCode.ADMIN_VISA, "9000.01"),)),
        fires(
            "more-than-a-wage",
            items=(cost(CostCode.ADMIN_VISA, "9100"), cost(CostCode.TEST, "5", currency="EUR")),
        ),
        fires("repay", items=(cost(CostCode.MEDICAL, "5", Payer.FAMILY),)),
        missing("items"),
        missing("wage_per_month", items=(cost(CostCode.MEDICAL),)),
        lacks("wage_per_month", items=(cost(CostCode.MEDICAL),), wage_per_month=D(0)),
        missing("currency", items=(cost(CostCode.MEDICAL),)),
        edge("repay", items=(quetzales("250"),)),
        edge("large-part", items=(quetzales("250.01"),)),
        edge("large-part", items=(quetzales("2500"),)),
        edge("more-than-a-wage", items=(quetzales("2500.01"),)),
        fires("large-part", items=(quetzales("200"), cost(CostCode.TEST, "200"))),
        edge("repay", items=(quetzales("1", date(2026, 11, 25)),)),
        missing("exchange_rates", items=(quetzales("1"),)),
        lacks("exchange_rates", items=(quetzales("1", date(2026, 11, 26)),)),
        lacks("exchange_rates", items=(quetzales("1", date(2026, 11, 17)),)),
        lacks("exchange_rates", items=(quetzales("1", None),)),
        lacks("exchange_rates", items=(cost(CostCode.MEDICAL, currency="EUR"), quetzales("9"))),
    ),
    RuleId.R32: told(
        WorkerFacts(loans=(loan(),)),
        silent(),
        silent(loans=()),
        fires("owes-who-hires", loans=(loan(Lender.EMPLOYER),)),
        fires("owes-who-hires", loans=(loan(), loan(Lender.RECRUITER, None, by_wage=None))),
        fires("repaid-by-wage", loans=(loan(by_wage=True, interest=None),)),
        edge("", loans=(loan(interest="36"),)),
        edge("interest-too-high", loans=(loan(interest="36.5"),)),
        missing("loans"),
        lacks("loans", loans=(loan(interest=None),)),
        lacks("loans", loans=(loan(by_wage=None),)),
    ),
    RuleId.R33: told(
        CALM,
        silent(),
        fires("held", document_held=True),
        edge("held", document_held=True, threatened=None, cannot_leave=None),
        edge("held-with-threats", document_held=True, threatened=True),
        edge("held-with-threats", document_held=True, cannot_leave=True),
        silent(threatened=True),
        missing("document_held"),
    ),
    RuleId.R34: told(
        CALM,
        silent(),
        edge("", days_since_pay=18),
        edge("unpaid", days_since_pay=19),
        edge("", paid=D(950)),
        edge("paid-less", paid=D("949.99")),
        fires("unpaid", days_since_pay=40, paid=None, due=None),
        fires("paid-less", paid=D(0), days_since_pay=None),
        fires("paid-otherwise", paid_otherwise=True, paid=None, due=None),
        fires("unpaid", paid_otherwise=True, days_since_pay=19),
        fires("told-unpaid", told_unpaid=True),
        fires("told-less", told_less=True, told_unpaid=False),
        silent(told_unpaid=False, told_less=False, paid=None, days_since_pay=None),
        fires("unpaid", told_unpaid=False, told_less=False, days_since_pay=40),
        missing("paid", told_unpaid=False),
        missing("days_since_pay"),
        missing("pay_period_days"),
        missing("paid"),
        missing("due"),
    ),
    RuleId.R35: told(
        CALM,
        silent(),
        fires("not-free", cannot_leave=True),
        fires("not-free", guarded=True, phone_taken=None),
        edge("not-free", phone_taken=True, cannot_leave=None, guarded=None),
        missing("cannot_leave"),
        missing("guarded"),
        missing("phone_taken"),
    ),
    RuleId.R36: told(
        CALM,
        silent(),
        fires("not-safe", violence=True),
        fires("not-safe", harassment=True),
        edge("not-safe", threatened=True, violence=None),
        missing("violence"),
        missing("harassment"),
        missing("threatened"),
    ),
}

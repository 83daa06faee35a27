"""The form of one payment of the cost diary, and what the complaints office reads of payments."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BeforeValidator

from app.services.costs import Diary
from app.web import forms, wording
from app.web.answers import Amount, WrittenDate, YesNo, written_date
from app.web.forms import Form
from app.web.i18n import N_, Locale
from recruitment.costs import Asker, CostEntry, Payment, Phase, Way, debtor_of
from recruitment.ethics.words import CostCode, Lender, Payer
from recruitment.repayments import Repayment

ASKED_CODES = (
    *(CostCode.FEE_PLACEMENT, CostCode.BOND, CostCode.BRIBE, CostCode.ADMIN_PASSPORT),
    *(CostCode.ADMIN_VISA, CostCode.MEDICAL, CostCode.TRAVEL_IN, CostCode.TRAINING),
    *(CostCode.EQUIPMENT, CostCode.FOOD, CostCode.OTHER),
)
"""What the page asks for, in the words of a worker; the rest of the definition falls under them."""

ASKED_PAYERS = (Payer.WORKER, Payer.FAMILY, Payer.EMPLOYER, Payer.RECRUITER)


REMAINS = N_("Falta recibir")


def _none(text: object) -> object:
    return None if text == "" else text


class PaymentForm(forms.Answers):
    """One payment; `version` is what was looked at, 0 for a new one."""

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Elija qué pagó."),
        "amount.missing": N_("Escriba cuánto pagó."),
        "currency.missing": N_("Elija en qué moneda."),
        "phase.missing": N_("Elija cuándo pagó."),
        "payer.missing": N_("Elija quién pagó."),
        "asker.missing": N_("Elija quién pidió el dinero."),
        "means.missing": N_("Elija cómo se pagó."),
    }
    entry: UUID
    version: int = 0
    code: CostCode
    amount: Amount
    currency: str
    phase: Phase
    payer: Payer
    asker: Asker
    means: Way
    asker_name: str = ""
    words: str = ""
    lender: Lender | None = None
    interest_percent: Annotated[Amount | None, BeforeValidator(_none)] = None
    repaid_by_wage: YesNo | None = None
    paid_on: WrittenDate | None = None

    @property
    def payment(self) -> Payment:
        """As the law reads it; what is asked of a loan is dropped where there is none."""
        loan = self.means is Way.LOAN
        return Payment(
            self.code,
            self.amount,
            self.currency,
            self.phase,
            self.payer,
            self.asker,
            self.means,
            self.asker_name,
            self.words.replace("\r\n", "\n"),
            self.lender if loan else None,
            self.interest_percent if loan else None,
            self.repaid_by_wage if loan else None,
            self.paid_on,
        )


def empty_form(identity: UUID) -> Form:
    """A new payment has its id already: pressed twice, it is kept once."""
    return Form({"entry": (str(identity),), "version": ("0",), "payer": ("worker",)})


def filled_form(entry: CostEntry) -> Form:
    """The form that changes a payment."""
    told = {name: value for name, value in vars(entry.payment).items() if value is not None}
    values: dict[str, Sequence[str]] = {name: (_text(value),) for name, value in told.items()}
    if entry.payment.paid_on is not None:
        values |= written_date("paid_on", entry.payment.paid_on)
    return Form({**values, "entry": (str(entry.id),), "version": (str(entry.version),)})


def _text(value: object) -> str:
    if isinstance(value, bool):
        return forms.YES_NO[value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def tell_payments(locale: Locale, diary: Diary) -> str:
    """Why a case is asked for, and the payments that somebody owes back or that were lent."""
    reasons = [wording.say(locale, "cost-reason", one) for one in diary.reasons]
    told = [
        _line(locale, one, diary.repayments.get(one.id))
        for one in diary.entries
        if one.payment.lender is not None or debtor_of(one.payment, diary.costs) is not None
    ]
    return "\n".join([*reasons, "", *told])


def _line(locale: Locale, entry: CostEntry, state: Repayment | None) -> str:
    paid = entry.payment
    codes = (("cost-asker", paid.asker), ("cost-way", paid.means), ("cost-status", entry.status))
    words = ". ".join(wording.say(locale, family, code) for family, code in codes)
    what = wording.say(locale, "cost-code", paid.code)
    told = f"{what}: {locale.money(paid.amount, paid.currency)}. {words}."
    if state is None or not state.in_parts:
        return told
    return f"{told} {locale.text(REMAINS)}: {locale.money(state.remains, state.currency)}."

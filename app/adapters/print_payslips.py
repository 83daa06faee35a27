"""What a payslip on paper says: the period, what was earned, what was taken, what was paid."""

from app.adapters.print_contents import Contents, Voice, programme_name
from recruitment.payslip_papers import PrintedPayslip

PAPER = "letters/payslip"


def payslip(printed: PrintedPayslip, voice: Voice) -> Contents:
    """The facts of a payslip in words."""
    words, slip = voice.words(PAPER), printed.payslip.slip

    def money(amount: object) -> str:
        return voice.money(amount, slip.currency)  # type: ignore[arg-type]

    unit = voice.say("wage-unit", slip.unit.value)
    return {
        "draft": None,
        "date": voice.day(slip.last_day),
        "receipt": printed.receipt,
        "programme": programme_name(printed.programme, voice),
        "agency": "",
        "name": printed.full_name,
        "parties": [
            [words["worker"], printed.full_name],
            [words["employer"], printed.employer_name],
            [words["period"], f"{voice.day(slip.first_day)} – {voice.day(slip.last_day)}"],
            [words["days"], str(slip.days)],
            [words["version"], str(printed.payslip.version)],
        ],
        "earned": [
            [words["units"], f"{slip.units:f} · {unit}"],
            [words["rate"], money(slip.rate)],
            [words["earned"], money(slip.earned)],
            [words["top_up"], money(slip.top_up)],
            [words["overtime"], f"{slip.overtime_hours:f} · {money(slip.overtime_pay)}"],
            [words["gross"], money(slip.gross)],
        ],
        "taken": [[voice.say("deduction", one.kind.value), money(one.amount)] for one in slip.taken]
        or [[words["taken"], words["nothing"]]],
        "paid": [
            [words["net"], money(slip.net)],
            [words["paid_on"], voice.day(slip.paid_on) if slip.paid_on else words["not_yet"]],
        ],
        "digest": printed.payslip.digest,
        "own": "",
        "filled": {},
    }

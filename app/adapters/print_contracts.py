"""What a contract on paper says: the parties, every term in words, who agreed, the digest."""

from decimal import Decimal

from app.adapters.print_contents import Contents, Voice, programme_name, terms
from permits.deadlines import legal_day
from recruitment.contract_papers import PrintedContract
from recruitment.contracts import TAKEN_AWAY, Party

PAPER = "letters/contract"

GROUP = 8
"""Signs of a digest that stand together: who compares it reads group by group."""

CODED = {
    "pay_day": "pay-day",
    "rest_day": "rest-day",
    "shift": "shift",
    "arrival": "way",
    "way_back": "way",
    "insurance": "insurance",
    "grievance": "grievance",
}
"""Conditions that are codes, and the family of their words."""


def contract(printed: PrintedContract, voice: Voice) -> Contents:
    """The facts of a contract in words."""
    words = voice.words(PAPER)
    return {
        "draft": None,
        "date": voice.day(printed.drawn_on),
        "receipt": printed.receipt,
        "programme": programme_name(printed.programme, voice),
        "agency": "",
        "name": printed.full_name,
        "parties": [
            [words["worker"], printed.full_name],
            [words["employer_party"], printed.offer.employer_name],
        ],
        "about": [
            [words["receipt"], printed.receipt],
            [words["version"], str(printed.contract.version)],
            [words["date"], voice.day(printed.drawn_on)],
        ],
        "terms": terms(printed, voice),
        "conditions": _conditions(printed, voice),
        "agreed": [*(_agreed(printed, party, voice) for party in Party), *_said(printed, voice)],
        "digest": _grouped(printed.contract.digest),
        "own": "",
        "filled": {},
    }


def _conditions(printed: PrintedContract, voice: Voice) -> list[list[str]]:
    """What is told of the conditions; what nobody told is left out."""
    words, told = voice.words(PAPER), printed.terms
    tasks = told.tasks_en if voice.code == "en" else told.tasks_es
    rows = [("tasks_en" if voice.code == "en" else "tasks_es", tasks)]
    for name, family in CODED.items():
        value = getattr(told, name)
        rows.append((name, voice.say(family, value.value) if value else ""))
    for name in ("notice_days", "guaranteed_days"):
        value = getattr(told, name)
        rows.append((name, "" if value is None else str(value)))
    premium = told.overtime_premium_percent
    rows.append(("overtime_premium_percent", "" if premium is None else f"{premium} %"))
    rows += [(name, _paid(printed, name, words["nothing"], voice)) for name in TAKEN_AWAY]
    given = voice.words("cards/sheet")
    rows.append(("tops_up", given["given" if printed.offer.tops_up else "not_given"]))
    return [[voice.say("contract-field", name), value] for name, value in rows if value]


def _paid(printed: PrintedContract, name: str, nothing: str, voice: Voice) -> str:
    pays: Decimal | None = getattr(printed.terms, name)
    if pays is None:
        return ""
    return nothing if pays == Decimal(0) else voice.money(pays, printed.offer.currency)


def _agreed(printed: PrintedContract, party: Party, voice: Voice) -> list[str]:
    agreement, label = printed.contract.by(party), voice.say("contract-party", party.value)
    if agreement is None:
        return [label, voice.words(PAPER)["not_yet"]]
    day = voice.day(legal_day(agreement.accepted_at))
    return [label, f"{day}, {voice.say('contract-way', agreement.way.value)}"]


def _said(printed: PrintedContract, voice: Voice) -> list[list[str]]:
    """The worker's own answer to what is deducted, where they were asked."""
    words, own = voice.words(PAPER), printed.contract.by(Party.WORKER)
    if own is None or own.deductions is None:
        return []
    return [[words["deductions"], words["deductions_yes" if own.deductions else "deductions_no"]]]


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))

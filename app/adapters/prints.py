"""Cards, sheets and letters as tagged PDF (PDF/UA-1), set by typst from templates/print."""

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

import typst

from app.adapters import (
    print_approvals,
    print_children,
    print_contents,
    print_contracts,
    print_crews,
    print_measures,
    print_orientation,
    print_own_data,
    print_payslips,
    print_receptions,
    print_referrals,
)
from app.adapters.print_contents import Contents, Drawer, Voice
from app.adapters.said_voices import SaidVoice
from permits.approvals import Opinion
from permits.prints import (
    PrintedApproval,
    PrintedChildren,
    PrintedCrew,
    PrintedDay,
    PrintedDecision,
    PrintedMeasure,
    PrintedOrientation,
    PrintedOwnData,
    PrintedPermit,
)
from permits.texts import Said
from recruitment.complaints.referral_papers import PrintedReferral
from recruitment.contract_papers import PrintedContract
from recruitment.payslip_papers import PrintedPayslip

FAMILY = "Noto Sans"
"""The face of every paper: full Latin and the glottal marks of the Mayan orthographies."""

DRAFTED = "letters/refusal"
"""A paper that has the word for a draft."""

LETTERS = {Opinion.REFUSE: "letters/refusal", Opinion.RETURN: "letters/returned"}


class FontsMissing(RuntimeError):
    """The faces of the papers are not there: the front end was not built."""


@dataclass(frozen=True)
class Paper:
    """A document ready to be set: its template, what it says, and when it is made."""

    template: str
    inputs: dict[str, str] = field(repr=False)
    made_at: datetime


class _Press:
    """One compiler, made at the first paper, that one thread uses at a time."""

    def __init__(self) -> None:
        self.compiler: typst.Compiler | None = None
        self.lock = Lock()


class TypstPrints:
    """Sets papers, all on one press.

    `templates` is templates/print, `fonts` a folder with Noto Sans as TTF. `voice` gives a
    language by its code; `help_phone` is written as people dial it.
    """

    def __init__(
        self,
        templates: Path,
        fonts: Path,
        symbols: Drawer,
        voice: Callable[[str], Voice],
        help_phone: str,
    ) -> None:
        self._templates = templates
        self._fonts = fonts
        self._symbols = symbols
        self._voice = voice
        self._help_phone = help_phone
        self._press = _Press()
        self._draft = False

    def saying(self, said: Said, *, draft: bool = False) -> "TypstPrints":
        """The same press, with texts that were changed, or with DRAFT across every page."""
        other, voice = copy.copy(self), self._voice
        other._draft = draft
        other._voice = lambda language: SaidVoice(
            voice(language), voice("es"), said.get(voice(language).code, {})
        )
        return other

    def cards(self, permits: Sequence[PrintedPermit], language: str) -> bytes:
        """ID-1 cards, two pages each: face and back."""
        return self.pdf(self.card_paper(permits, language))

    def draw_cards(self, permits: Sequence[PrintedPermit], language: str) -> list[Contents]:
        """What cards say, their symbols drawn; the slow part, done a few at a time."""
        voice = self._voice(language)
        return [print_contents.card(permit, voice, self._symbols) for permit in permits]

    def set_cards(
        self, drawn: Sequence[Mapping[str, object]], language: str, at: datetime
    ) -> bytes:
        """Cards that were drawn, set as one document; at least one (ValueError)."""
        if not drawn:
            raise ValueError("no card to print")
        return self.pdf(self._paper("cards/card", self._voice(language), {"cards": drawn}, at))

    def sheet(self, permit: PrintedPermit, language: str) -> bytes:
        """The A4 sheet of a permit."""
        return self.pdf(self.sheet_paper(permit, language))

    def letter(self, decision: PrintedDecision, language: str) -> bytes:
        """The letter of a refusal or a return; KeyError for an approval."""
        return self.pdf(self.letter_paper(decision, language))

    def approval(self, approval: PrintedApproval, language: str) -> bytes:
        """The letter of an approval."""
        return self.pdf(self.approval_paper(approval, language))

    def approval_paper(self, approval: PrintedApproval, language: str) -> Paper:
        """Such a letter before it is set."""
        voice = self._voice(language)
        said = print_approvals.letter(approval, voice)
        return self._paper(print_approvals.PAPER, voice, said, approval.printed_at)

    def contract(self, contract: PrintedContract, language: str) -> bytes:
        """The contract of one worker."""
        return self.pdf(self.contract_paper(contract, language))

    def contract_paper(self, contract: PrintedContract, language: str) -> Paper:
        """Such a contract before it is set."""
        voice = self._voice(language)
        said = print_contracts.contract(contract, voice)
        return self._paper(print_contracts.PAPER, voice, said, contract.printed_at)

    def payslip(self, payslip: PrintedPayslip, language: str) -> bytes:
        """The payslip of one worker."""
        return self.pdf(self.payslip_paper(payslip, language))

    def payslip_paper(self, payslip: PrintedPayslip, language: str) -> Paper:
        """Such a payslip before it is set."""
        voice = self._voice(language)
        said = print_payslips.payslip(payslip, voice)
        return self._paper(print_payslips.PAPER, voice, said, payslip.printed_at)

    def measure(self, measure: PrintedMeasure, language: str) -> bytes:
        """The letter about a right that is suspended, given back or taken back."""
        return self.pdf(self.measure_paper(measure, language))

    def measure_paper(self, measure: PrintedMeasure, language: str) -> Paper:
        """Such a letter before it is set."""
        voice, template = self._voice(language), f"letters/{measure.measure.value}"
        said = print_measures.letter(measure, template, voice)
        return self._paper(template, voice, said, measure.printed_at)

    def referral(self, referral: PrintedReferral, language: str) -> bytes:
        """The letter of a hand-over."""
        return self.pdf(self.referral_paper(referral, language))

    def referral_paper(self, referral: PrintedReferral, language: str) -> Paper:
        """Such a letter before it is set."""
        voice = self._voice(language)
        said = print_referrals.letter(referral, voice, self._symbols)
        return self._paper(print_referrals.PAPER, voice, said, referral.printed_at)

    def crew(self, crew: PrintedCrew, language: str) -> bytes:
        """A crew list with the state of each worker."""
        return self.pdf(self.crew_paper(crew, language))

    def crew_paper(self, crew: PrintedCrew, language: str) -> Paper:
        """A crew list before it is set."""
        voice = self._voice(language)
        return self._paper(print_crews.PAPER, voice, print_crews.crew(crew, voice), crew.printed_at)

    def reception(self, day: PrintedDay, language: str) -> bytes:
        """Who comes on a reception day."""
        return self.pdf(self.reception_paper(day, language))

    def reception_paper(self, day: PrintedDay, language: str) -> Paper:
        """Such a list before it is set."""
        voice = self._voice(language)
        said = print_receptions.reception(day, voice)
        return self._paper(print_receptions.PAPER, voice, said, day.printed_at)

    def orientation(self, printed: PrintedOrientation, language: str) -> bytes:
        """The certificate of an orientation."""
        return self.pdf(self.orientation_paper(printed, language))

    def orientation_paper(self, printed: PrintedOrientation, language: str) -> Paper:
        """Such a certificate before it is set."""
        voice = self._voice(language)
        said = print_orientation.orientation(printed, voice)
        return self._paper(print_orientation.PAPER, voice, said, printed.printed_at)

    def children(self, printed: PrintedChildren, language: str) -> bytes:
        """What SENAF is told of a family's children."""
        return self.pdf(self.children_paper(printed, language))

    def children_paper(self, printed: PrintedChildren, language: str) -> Paper:
        """Such a paper before it is set."""
        voice = self._voice(language)
        said = print_children.children(printed, voice)
        return self._paper(print_children.PAPER, voice, said, printed.printed_at)

    def own_data(self, printed: PrintedOwnData, language: str) -> bytes:
        """All that is kept about a worker, to read."""
        return self.pdf(self.own_data_paper(printed, language))

    def own_data_paper(self, printed: PrintedOwnData, language: str) -> Paper:
        """A worker's data before they are set."""
        voice = self._voice(language)
        said = print_own_data.own_data(printed, voice)
        return self._paper(print_own_data.PAPER, voice, said, printed.printed_at)

    def card_paper(self, permits: Sequence[PrintedPermit], language: str) -> Paper:
        """Cards before they are set; at least one (ValueError)."""
        if not permits:
            raise ValueError("no card to print")
        said: Contents = {"cards": self.draw_cards(permits, language)}
        return self._paper("cards/card", self._voice(language), said, permits[0].printed_at)

    def sheet_paper(self, permit: PrintedPermit, language: str) -> Paper:
        """A sheet before it is set."""
        voice = self._voice(language)
        said = print_contents.sheet(permit, voice, self._symbols)
        return self._paper("cards/sheet", voice, said, permit.printed_at)

    def letter_paper(self, decision: PrintedDecision, language: str) -> Paper:
        """A letter before it is set."""
        voice, template = self._voice(language), LETTERS[decision.opinion]
        said = print_contents.letter(decision, template, voice)
        return self._paper(template, voice, said, decision.printed_at)

    def pdf(self, paper: Paper) -> bytes:
        """The paper as PDF/UA-1; the same paper gives the same bytes."""
        made = self._compile(paper, "pdf", None)
        assert isinstance(made, bytes)  # noqa: S101  a PDF is one file however many pages
        return made

    def pictures(self, paper: Paper, dots_an_inch: float) -> list[bytes]:
        """The pages of the paper as PNG, as a printer of this resolution would see them."""
        made = self._compile(paper, "png", dots_an_inch)
        return [made] if isinstance(made, bytes) else list(made)

    def _paper(self, template: str, voice: Voice, said: Contents, at: datetime) -> Paper:
        whole = {
            "language": voice.code,
            "words": dict(voice.words(template)),
            "help_phone": self._help_phone,
            **said,
            **({"draft": voice.words(DRAFTED)["draft"]} if self._draft else {}),
        }
        return Paper(template, {"data": json.dumps(whole, ensure_ascii=False)}, at)

    def _compile(
        self, paper: Paper, to: Literal["pdf", "png"], dots_an_inch: float | None
    ) -> bytes | Sequence[bytes]:
        with self._press.lock:
            compiler = self._press.compiler = self._press.compiler or self._open()
            made = compiler.compile(
                self._templates / f"{paper.template}.typ",
                format=to,
                ppi=dots_an_inch,
                sys_inputs=paper.inputs,
                pdf_standards="ua-1" if to == "pdf" else [],
                timestamp=int(paper.made_at.timestamp()),
            )
        assert made is not None  # noqa: S101  nothing is returned only where a file is written
        return made

    def _open(self) -> typst.Compiler:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[self._fonts]
        )
        if FAMILY not in fonts.families():
            raise FontsMissing("The fonts of the papers are missing. Run: make setup")
        return typst.Compiler(root=self._templates, font_paths=fonts)

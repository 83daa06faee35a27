"""What an official chose in the form of a decision."""

from collections.abc import Mapping
from typing import ClassVar

from app.services.approvals import Ruling
from app.web import forms
from app.web.i18n import N_
from permits.approvals import Ground, Opinion


class Verdict(forms.Answers):
    """What an official decides; `version` and `seen_at` are of the page that they saw."""

    wording: ClassVar[Mapping[str, str]] = {"opinion.missing": N_("Elija qué decide.")}
    opinion: Opinion
    grounds: tuple[Ground, ...] = ()
    reasons: tuple[Ground, ...] = ()
    note: str = ""
    version: str = ""
    seen_at: str = ""

    @property
    def ruling(self) -> Ruling:
        """What was chosen, whole: the law tells what does not belong to the opinion."""
        note = self.note.replace("\r\n", "\n")
        return Ruling(self.opinion, (*self.grounds, *self.reasons), note)

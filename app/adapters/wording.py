"""Notices in words: one folder a kind in templates/notices, Spanish source, gettext for others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from app.adapters import sms_text
from permits.notices import Notice


@dataclass(frozen=True)
class Letter:
    """A rendered message for one channel ("sms" or "email")."""

    channel: str
    recipient: str
    subject: str
    body: str


class NoticeWording:
    """Renders `sms.txt` for a phone and `subject.txt` with `body.txt` for an e-mail address.

    `translations` gives the gettext catalogue of a language; `write_day` writes an ISO date out.
    """

    def __init__(
        self,
        templates: Path,
        translations: Callable[[str], object],
        write_day: Callable[[str, str], str],
    ) -> None:
        self._templates = templates / "notices"
        self._translations = translations
        self._write_day = write_day
        self._environments: dict[str, jinja2.Environment] = {}

    def render(self, notice: Notice) -> Sequence[Letter]:
        """One letter for each channel that the notice names."""
        letters = []
        if notice.phone:
            text = sms_text.plain(self._text(notice, "sms.txt"))
            letters.append(Letter("sms", notice.phone, "", text))
        if notice.email:
            subject = self._text(notice, "subject.txt").replace("\n", " ")
            letters.append(Letter("email", notice.email, subject, self._text(notice, "body.txt")))
        return letters

    def _text(self, notice: Notice, part: str) -> str:
        environment = self._environment(notice.language)
        template = environment.get_template(f"{notice.kind.value}/{part}")
        return template.render(**notice.facts).strip()

    def _environment(self, language: str) -> jinja2.Environment:
        if language not in self._environments:
            made = jinja2.Environment(
                loader=jinja2.FileSystemLoader(self._templates),
                undefined=jinja2.StrictUndefined,
                extensions=["jinja2.ext.i18n"],
                autoescape=False,  # noqa: S701  plain text, no markup
                trim_blocks=True,
                lstrip_blocks=True,
            )
            made.policies["ext.i18n.trimmed"] = True
            made.install_gettext_translations(  # type: ignore[attr-defined]
                self._translations(language), newstyle=True
            )
            made.filters["day"] = lambda day: self._write_day(day, language)
            self._environments[language] = made
        return self._environments[language]

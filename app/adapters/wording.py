"""Notices in words: one folder a kind in templates/notices, Spanish source, gettext for others."""

import gettext
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from app.adapters import sms_text
from permits.notices import Notice
from permits.texts import Said


@dataclass(frozen=True)
class Letter:
    """A rendered message for one channel ("sms" or "email")."""

    channel: str
    recipient: str
    subject: str
    body: str


MOST_KEPT = 8
"""Environments: each language with the words of the house, and with some that were changed."""


class ChangedWords(gettext.NullTranslations):
    """A catalogue in which some texts of the house say something else."""

    def __init__(self, base: gettext.NullTranslations, said: Mapping[str, str]) -> None:
        super().__init__()
        self._base, self._said = base, said

    def gettext(self, message: str) -> str:
        """What is said in the place of a text, or its translation."""
        return self._said.get(message) or self._base.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A text with its plural, which nobody changes."""
        return self._base.ngettext(msgid1, msgid2, n)


class NoticeWording:
    """Renders `sms.txt` for a phone and `subject.txt` with `body.txt` for an e-mail address.

    `translations` gives the gettext catalogue of a language; `write_day` writes an ISO date out.
    """

    def __init__(
        self,
        templates: Path,
        translations: Callable[[str], gettext.NullTranslations],
        write_day: Callable[[str, str], str],
    ) -> None:
        self._templates = templates / "notices"
        self._translations = translations
        self._write_day = write_day
        self._environments: dict[object, jinja2.Environment] = {}

    def render(self, notice: Notice, said: Said | None = None) -> Sequence[Letter]:
        """One letter for each channel that the notice names; `said` has texts that were changed."""
        letters, said = [], said or {}
        if notice.phone:
            text = sms_text.plain(self._text(notice, "sms.txt", said))
            letters.append(Letter("sms", notice.phone, "", text))
        if notice.email:
            subject = self._text(notice, "subject.txt", said).replace("\n", " ")
            body = self._text(notice, "body.txt", said)
            letters.append(Letter("email", notice.email, subject, body))
        return letters

    def say(self, notice: Notice, said: Said | None = None) -> str:
        """The words of an SMS with every letter and mark, for a way that pays for none."""
        return self._text(notice, "sms.txt", said or {})

    def plain(self, text: str) -> str:
        """A text in the letters of an SMS."""
        return sms_text.plain(text)

    def has(self, kind: str, part: str) -> bool:
        """Whether a kind has a text of this part."""
        return (self._templates / kind / part).is_file()

    def may_lack(self, kind: str, part: str) -> frozenset[str]:
        """The facts by which a text says one thing or another: it is written without them, too."""
        source = (self._templates / kind / part).read_text(encoding="utf-8")
        whole = self._environment("es", {}).parse(source)
        tests = [one.test for one in whole.find_all(nodes.If)]
        tests += [one.test for one in whole.find_all(nodes.CondExpr)]
        return frozenset(one.name for one in tests if isinstance(one, nodes.Name))

    def list_texts(self) -> Iterator[tuple[str, str]]:
        """Every text of the house that a notice is made of, and the part where it stands."""
        environment = self._environment("es", {})
        for path in sorted(self._templates.rglob("*.txt")):
            where = f"notices/{path.relative_to(self._templates).as_posix()}"
            source = path.read_text(encoding="utf-8")
            for _, _, found in environment.extract_translations(source):  # type: ignore[attr-defined]
                yield (found if isinstance(found, str) else found[0]), where

    def _text(self, notice: Notice, part: str, said: Said) -> str:
        environment = self._environment(notice.language, said.get(notice.language, {}))
        template = environment.get_template(f"{notice.kind.value}/{part}")
        return template.render(**notice.facts).strip()

    def _environment(self, language: str, said: Mapping[str, str]) -> jinja2.Environment:
        key = (language, frozenset(said.items()))
        if key not in self._environments:
            if len(self._environments) >= MOST_KEPT:
                self._environments.clear()
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
                ChangedWords(self._translations(language), said), newstyle=True
            )
            made.filters["day"] = lambda day: self._write_day(day, language)
            self._environments[key] = made
        return self._environments[key]

"""The texts of the house that may be changed, from its own templates and catalogues."""

from datetime import date

from app.adapters.texts import Texts
from app.adapters.wording import NoticeWording
from app.web.i18n import locale_for
from app.web.templating import TEMPLATES
from app.web.wording.right_letters import PAPERS

TEXTS = Texts(
    NoticeWording(
        TEMPLATES,
        lambda code: locale_for(code).catalogue,
        lambda day, code: locale_for(code).day(date.fromisoformat(day)),
    ),
    PAPERS,
    lambda: locale_for("en").catalogue,
)
"""The texts of the house; they are read once, at the first question."""

"""Compiles every page ahead: `python -m app.web.compile_pages`, where the site may write nothing.

It writes where Python may (`app.web.compiled`): an image that forbids it lifts that for this.
"""

import sys

from app.web.i18n import SPANISH, locale_for
from app.web.templating import Site, environment


def compile_pages() -> int:
    """Compile each template of the house; returns how many there are."""
    made = environment(Site(assets={}), locale_for(SPANISH.code))
    names = made.list_templates(extensions=["html"])
    for name in names:
        made.get_template(name)
    return len(names)


if __name__ == "__main__":
    sys.stderr.write(f"{compile_pages()} pages\n")

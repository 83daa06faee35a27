"""The catalogues of translations: gather the Spanish texts, list what is missing, compile.

`python -m app.web.i18n_catalogues update [ROOM]` adds what is not yet translated, empty, to
locales/en/LC_MESSAGES/ROOM.po; `… compile` writes messages.mo. A language's folder may hold
several .po files, one a room, so that people who work apart do not meet in one file.
"""

import gettext
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALES = Path(__file__).parent / "locales"
ROOT = Path(__file__).parents[2]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "NN_": (1, 2),
}
TRANSLATED = ("en",)
SPEAKING = frozenset({"app", "templates"})
"""The folders whose texts people see; the law has codes, not words."""


def extract(root: Path = ROOT) -> Catalog:
    """Every Spanish text marked in templates and code, in memory."""
    with (LOCALES / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    catalogue = Catalog()
    found = extract_from_dir(
        str(root),
        methods,
        options,
        keywords=KEYWORDS,
        directory_filter=lambda folder: Path(folder).relative_to(root).parts[0] in SPEAKING,
    )
    for filename, line, message, _comments, context in found:
        catalogue.add(message, None, [(filename, line)], context=context)
    return catalogue


def merged(code: str, locales: Path = LOCALES) -> Catalog:
    """All .po files of a language as one catalogue; the same text in two of them is an error."""
    whole = Catalog(locale=code)
    for path in _sources(code, locales):
        with path.open("rb") as file:
            part = read_po(file, locale=code, abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            if message.id in whole:
                raise ValueError(f"{path.name}: translated twice: {message.id!r}")
            whole[message.id] = message
    return whole


def load(code: str, locales: Path = LOCALES) -> gettext.GNUTranslations:
    """The compiled catalogue, or the sources compiled in memory where they are newer."""
    compiled = locales / code / "LC_MESSAGES" / "messages.mo"
    newest = max(path.stat().st_mtime for path in _sources(code, locales))
    if compiled.is_file() and compiled.stat().st_mtime >= newest:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(_machine_form(code, locales)))


def compile_all() -> None:
    """Write messages.mo for every translated language."""
    for code in TRANSLATED:
        (LOCALES / code / "LC_MESSAGES" / "messages.mo").write_bytes(_machine_form(code, LOCALES))


def update(room: str = "messages") -> int:
    """Add the untranslated texts, empty, to a room's .po file of each language; tell how many."""
    wanted, added = extract(), 0
    for code in TRANSLATED:
        known, path = merged(code), LOCALES / code / "LC_MESSAGES" / f"{room}.po"
        part = _read(path, code) if path.is_file() else Catalog(locale=code)
        for message in wanted:
            if message.id and message.id not in known:
                part.add(message.id, locations=[])
                added += 1
        with path.open("wb") as file:
            write_po(file, part, width=100, omit_header=False, no_location=True)
    return added


def _read(path: Path, code: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _sources(code: str, locales: Path) -> list[Path]:
    return sorted((locales / code / "LC_MESSAGES").glob("*.po"))


def _machine_form(code: str, locales: Path) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, merged(code, locales))
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    """Do `update [ROOM]` or `compile`; exit code 2 when asked for anything else."""
    match arguments:
        case ["update"]:
            added = update()
        case ["update", room]:
            added = update(room)
        case ["compile"]:
            compile_all()
            return 0
        case _:
            sys.stderr.write((__doc__ or "") + "\n")
            return 2
    sys.stdout.write(f"{added} texts wait for a translation\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The catalogues of translations: gather the Spanish texts, list what is missing, compile.

`python -m app.web.i18n_catalogues update ROOM PATH…` adds what is not yet translated in these
files, empty, to locales/en/LC_MESSAGES/ROOM.po and drops from it what no file says any more;
`… compile` writes messages.mo; `… missing` lists what waits for a translation. A language's
folder holds several .po files, one a room, so that people who work apart do not meet in one file.
"""

import gettext
import io
import sys
from collections.abc import Sequence
from functools import cache
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
HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
SPEAKING = frozenset({"app", "templates"})
"""The folders whose texts people see; the law has codes, not words."""


@cache
def extract(root: Path = ROOT) -> Catalog:
    """Every Spanish text marked in templates and code, in memory; read once, for reading."""
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


def merged(code: str, locales: Path = LOCALES, *, but: str = "") -> Catalog:
    """All .po files of a language as one catalogue, `but` one; a text in two is an error."""
    whole = Catalog(locale=code)
    for path in _sources(code, locales):
        if path.name == but:
            continue
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


def missing(code: str) -> list[str]:
    """The texts that this language does not have yet, each with the first place it stands."""
    known = merged(code)
    return [
        f"{message.locations[0][0]}:{message.locations[0][1]}: {message.id!r}"
        for message in extract()
        if message.id and not (message.id in known and all_forms(known[message.id].string))
    ]


def all_forms(translated: str | Sequence[str] | None) -> bool:
    """Whether a translation, with all its plural forms, is there."""
    if not translated:
        return False
    return isinstance(translated, str) or all(translated)


def update(room: str, paths: Sequence[str], locales: Path = LOCALES) -> int:
    """Bring a room's .po file of each language up to date with the texts of these files.

    Translations are kept, new texts are added empty, texts that are nowhere any more are dropped.
    Returns how many wait for a translation.
    """
    wanted, waiting = extract(), 0
    for code in TRANSLATED:
        path = locales / code / "LC_MESSAGES" / f"{room}.po"
        elsewhere = merged(code, locales, but=path.name)
        old = _read(path, code) if path.is_file() else Catalog(locale=code)
        new = Catalog(locale=code)
        for message in wanted:
            here = any(place.startswith(tuple(paths)) for place, _line in message.locations)
            if not message.id or message.id in elsewhere or not (here or message.id in old):
                continue
            known = old[message.id].string if message.id in old else ""
            new.add(message.id, known)
            waiting += not all_forms(known)
        _write(path, new)
    return waiting


def _read(path: Path, code: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _write(path: Path, catalogue: Catalog) -> None:
    """Write without dates and line numbers, so that a file changes only where its texts do."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=True, no_location=True, sort_output=True)
    path.write_bytes(HEADER.format(code=catalogue.locale).encode() + buffer.getvalue())


def _sources(code: str, locales: Path) -> list[Path]:
    return sorted((locales / code / "LC_MESSAGES").glob("*.po"))


def _machine_form(code: str, locales: Path) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, merged(code, locales))
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    """Do what the module's sentence says; exit code 2 when asked for anything else."""
    match arguments:
        case ["update", room, *paths] if paths:
            sys.stdout.write(f"{update(room, paths)} texts wait for a translation\n")
        case ["compile"]:
            compile_all()
        case ["missing"]:
            sys.stdout.writelines(f"{text}\n" for code in TRANSLATED for text in missing(code))
        case _:
            sys.stderr.write((__doc__ or "") + "\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

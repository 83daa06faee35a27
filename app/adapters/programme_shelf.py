"""The programmes that count: the bundled, own files over them, and questions over both."""

import json
import logging
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from app.adapters.bad_reference import BadReference
from app.adapters.reference import BUNDLED, Over, ReferenceData, read_programmes
from app.adapters.whole_files import write_whole
from permits.errors import Fault, Invalid, refuse_if
from permits.programme_files import examine, read
from permits.programmes import Programme
from permits.question_writing import Written, with_written

ENDING = ".toml"
QUESTIONS = "question_changes.json"

log = logging.getLogger(__name__)


class ProgrammeShelf(Mapping[str, Programme]):
    """Programmes by code, in the order of the codes.

    A file of `folder` stands in for the bundled one of its name, or adds a programme. A changed
    folder is read anew at the next question, in every process, without a restart. A folder that
    cannot be relied on is a `BadReference` at the start; later what was read before stands, and
    the log says so.
    """

    def __init__(self, folder: Path, bundled: Path = BUNDLED / "programmes") -> None:
        self.folder, self._bundled = folder, bundled
        self._stamp = self._look()
        self._known = self._read()

    def __getitem__(self, code: str) -> Programme:
        """The programme of a code."""
        return self._fresh()[code]

    def __iter__(self) -> Iterator[str]:
        """The codes."""
        return iter(self._fresh())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._fresh())

    def put(self, code: str, text: str) -> None:
        """Let a file count from now on; it is read before, and Invalid where it has faults."""
        read(with_written(_mapping(text), self.list_written(code)))
        # Everybody may read it: it is public, and site and worker may be other users.
        write_whole(self.folder / f"{code}{ENDING}", text.encode(), 0o644)

    def drop(self, code: str) -> None:
        """Take an own file away; a bundled one of the same code counts again."""
        (self.folder / f"{code}{ENDING}").unlink(missing_ok=True)

    def without(self, code: str) -> Programme | None:
        """What would count without the own file of this code."""
        return read_programmes(self._bundled, self._over()).get(code)

    def has_own(self, code: str) -> bool:
        """Whether a file of the folder says what counts."""
        return (self.folder / f"{code}{ENDING}").is_file()

    def list_written(self, code: str) -> list[Written]:
        """The questions of a programme that two people agreed on."""
        return [one for one in self._read_written() if one.programme == code]

    def examine_with(self, code: str, one: Written) -> tuple[Programme, list[Fault]]:
        """The programme with one question more, or one that ends, and everything wrong with it."""
        own, bundled = (folder / f"{code}{ENDING}" for folder in (self.folder, self._bundled))
        text = (own if own.is_file() else bundled).read_text(encoding="utf-8")
        return examine(with_written(_mapping(text), [*self.list_written(code), one]))

    def put_questions(self, every: Sequence[Written]) -> None:
        """Let these count, each from its day; the whole list of them."""
        told = [
            {
                "programme": one.programme,
                "content": dict(one.content),
                "source": one.source,
                "valid_from": one.valid_from.isoformat(),
            }
            for one in every
        ]
        text = json.dumps(told, ensure_ascii=False, indent=1)
        write_whole(self.folder / QUESTIONS, text.encode(), 0o644)

    def _read_written(self) -> list[Written]:
        path = self.folder / QUESTIONS
        if not path.is_file():
            return []
        try:
            return [
                Written(
                    one["programme"],
                    {str(name): str(text) for name, text in one["content"].items()},
                    str(one["source"]),
                    date.fromisoformat(one["valid_from"]),
                )
                for one in json.loads(path.read_text(encoding="utf-8"))
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadReference(f"{path.name}: {error}") from error

    def _over(self) -> Over:
        written = self._read_written()

        def over(mapping: Mapping[str, object]) -> Mapping[str, object]:
            own = [one for one in written if one.programme == mapping.get("code")]
            return with_written(mapping, own)

        return over

    def _fresh(self) -> Mapping[str, Programme]:
        stamp = self._look()
        if stamp != self._stamp:
            # Noted first: a bad file is told once, and not at every question.
            self._stamp = stamp
            try:
                self._known = self._read()
            except BadReference as bad:
                log.error("programmes stay as they were: %s", bad)
        return self._known

    def _look(self) -> tuple[tuple[str, int, int], ...]:
        try:
            entries = [entry for entry in os.scandir(self.folder) if _is_ours(entry.name)]
            looked = [(entry.name, entry.stat()) for entry in entries]
        except OSError:  # no folder, or a file that goes just now: the next question looks again
            return ()
        return tuple(sorted((name, told.st_mtime_ns, told.st_ino) for name, told in looked))

    def _read(self) -> Mapping[str, Programme]:
        over = self._over()
        own = read_programmes(self.folder, over) if self.folder.is_dir() else {}
        known = {**read_programmes(self._bundled, over, own), **own}
        return {code: known[code] for code in sorted(known)}


def _is_ours(name: str) -> bool:
    return name.endswith(ENDING) or name == QUESTIONS


def check_file(path: Path, data: ReferenceData, shelf: ProgrammeShelf | None = None) -> Programme:
    """A programme from a file that may be loaded; Invalid with every fault at once.

    With a `shelf` it is the programme that would count: with the questions written over it.

    The name of the file is the code (`code-differs-from-name`), and what it names is known to the
    other reference data: languages, posts, the pool's departments, occupation, the places of its
    nationalities and the wages of its sector (`not-in-reference`).
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Invalid([Fault("unreadable")]) from None
    written = shelf.list_written(path.stem) if shelf else []
    programme, faults = examine(with_written(_mapping(text), written))
    faulty = {fault.field for fault in faults}
    if programme.code != path.stem and "code" not in faulty:
        faults.append(Fault("code-differs-from-name", "code"))
    faults += [one for one in find_strangers(programme, data) if one.field not in faulty]
    refuse_if(faults)
    return programme.on(programme.valid_from)


def _mapping(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid([Fault("not-toml", "", {"at": str(error)})]) from None


def find_strangers(programme: Programme, data: ReferenceData) -> list[Fault]:
    """Codes that the other files of the reference data do not know."""
    sectors = {row.sector for row in data.minimum_wages}
    named = {
        "languages": (programme.languages, data.languages),
        "posts": (programme.posts, data.posts),
        "pool": (programme.pool, data.departments),
        "occupation": ([programme.occupation], data.occupations),
        "nationalities": (programme.nationalities, data.municipalities),
        "wage_sector": ([programme.wage_sector] if programme.wage_sector else [], sectors),
    }
    return [
        Fault("not-in-reference", field, {"value": code})
        for field, (codes, known) in named.items()
        for code in codes
        if code not in known
    ]

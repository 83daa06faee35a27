"""What a programme is made of, what another version of it changes, and what that would break."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from permits.errors import Fault
from permits.findings import Severity
from permits.programmes import Programme
from permits.question_changes import find_broken, find_harder, find_moved_ends


@dataclass(frozen=True)
class Parameter:
    """One dated value; `path` is its place in the file, `facts` what it says, by name.

    A threshold says `value`, a season `opens` and `closes` (MM-DD), a rule its `severity`; that a
    paper is asked for is all that it says. `since` is its first day.
    """

    path: str
    since: date
    facts: Mapping[str, str | int]
    source: str
    note: str
    confirmed: bool

    @property
    def plain(self) -> str:
        """The value as the terminal shows it."""
        return " to ".join(str(value) for value in self.facts.values()) or "asked for"


def list_parameters(programme: Programme) -> tuple[Parameter, ...]:
    """Every dated value in the order of the file's sections, each with all its versions."""
    return tuple(_parameters(programme))


def _parameters(programme: Programme) -> Iterator[Parameter]:
    every = programme.versions
    for path, versions in every.thresholds.items():
        for one in versions:
            yield Parameter(
                path, one.valid_from, {"value": one.value}, one.source, one.note, one.confirmed
            )
    for season in every.seasons:
        told: dict[str, str | int] = {
            "opens": _spot(season.opens),
            "closes": _spot(season.closes),
        }
        yield Parameter(
            "season", season.valid_from, told, season.source, season.note, season.confirmed
        )
    for rule in every.rules:
        said: dict[str, str | int] = {"severity": rule.severity.value}
        path = f"rules.{rule.code}"
        yield Parameter(path, rule.valid_from, said, rule.source, rule.note, rule.confirmed)
    for paper in every.papers:
        path = f"papers.{paper.kind}"
        yield Parameter(path, paper.valid_from, {}, paper.source, paper.note, paper.confirmed)
    for quota in programme.quotas:
        path = ".".join(part for part in ("quotas", quota.scope.value, quota.of) if part)
        places: dict[str, str | int] = {"value": quota.value}
        yield Parameter(path, quota.valid_from, places, quota.source, quota.note, quota.confirmed)


def _spot(month_and_day: tuple[int, int]) -> str:
    month, day = month_and_day
    return f"{month:02d}-{day:02d}"


@dataclass(frozen=True)
class Change:
    """One field that two versions of a programme say differently; "" where one has it not.

    `since` is the first day of a dated value, None for what counts at once; `source` is where
    the newer one stands.
    """

    field: str
    since: date | None
    before: str
    after: str
    source: str


DATED = frozenset(
    {
        *("clocks", "minimum_age_years", "papers", "piece_kg_per_day", "quotas", "rules"),
        *("season", "validity"),
    }
)
"""Fields of a programme that are told by their versions."""


def list_changes(before: Programme | None, after: Programme) -> tuple[Change, ...]:
    """What another version changes, field by field; everything where there was none before."""
    source = after.source
    was, now = _plain(before), _plain(after)
    plain = [
        Change(name, None, was.get(name, ""), now.get(name, ""), source)
        for name in dict.fromkeys((*now, *was))
        if was.get(name, "") != now.get(name, "")
    ]
    had = {(one.path, one.since): one for one in list_parameters(before)} if before else {}
    has = {(one.path, one.since): one for one in list_parameters(after)}
    dated = [
        change
        for key in sorted({*had, *has})
        for change in _differences(had.get(key), has.get(key))
    ]
    return (*plain, *dated)


def _plain(programme: Programme | None) -> Mapping[str, str]:
    if programme is None:
        return {}
    names = [one.name for one in dataclasses.fields(programme) if one.compare]
    left_out = {*DATED, "questions", "versions"}
    told = {name: getattr(programme, name) for name in names if name not in left_out}
    asked = {f"questions.{one.id}": str(one) for one in programme.versions.questions}
    return asked | {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        for name, value in told.items()
    }


def _differences(before: Parameter | None, after: Parameter | None) -> Iterator[Change]:
    one = after or before
    if one is None:
        return
    for name in ("plain", "source", "note", "confirmed"):
        was = "" if before is None else str(getattr(before, name))
        now = "" if after is None else str(getattr(after, name))
        if was != now:
            field = one.path if name == "plain" else f"{one.path}.{name}"
            yield Change(field, one.since, was, now, one.source)


NEEDED = ("nationalities", "identity_kinds", "hiring", "pool")
"""Lists from which nothing may go while cases are open: each stands in some of them."""

FIXED = ("destination", "credential_profile", "sealed")
"""What stays while cases are open or rights stand."""


def find_breaks(before: Programme, after: Programme | None, open_: int, on: date) -> list[Fault]:
    """What a newer version would break in `open_` cases and rights that stand; none, none.

    The agencies may be others: what was handed in keeps those that it was handed in to (decision
    45). `programme-in-use`: it would be gone. `code-changed`: the code stands in permits and never
    changes. `still-used`: a list loses an entry. `fixed-while-open`. `past-changed`: a dated value
    would be another one on a day until `on`, or a rule, paper or question of that day would ask
    more or another end, so that a case would be judged by what nobody knew; a new value may begin
    tomorrow.
    Sources, notes, words and whether counsel confirmed may change, and a rule or a paper may go or
    be softened at once. Of a question no answer given becomes wrong, and nobody new reads it.
    """
    if after is not None and after.code != before.code:
        return [Fault("code-changed", "code")]
    if not open_:
        return []
    if after is None:
        return [Fault("programme-in-use", "", {"open": open_})]
    faults = [
        Fault("still-used", name, {"open": open_})
        for name in NEEDED
        if set(getattr(before, name)) - set(getattr(after, name))
    ]
    faults += [
        Fault("fixed-while-open", name, {"open": open_})
        for name in FIXED
        if getattr(before, name) != getattr(after, name)
    ]
    faults += [
        Fault(code, path, {"open": open_})
        for code, path in find_broken(before.versions.questions, after.versions.questions)
    ]
    was, now = _values(before, on), _values(after, on)
    paths = [path for path in sorted({*was, *now}) if was.get(path) != now.get(path)]
    paths += _harder(before.on(on), after.on(on))
    paths += find_moved_ends(before.versions.questions, after.versions.questions, on)
    return faults + [Fault("past-changed", path, {"open": open_}) for path in paths]


def _values(programme: Programme, until: date) -> Mapping[str, tuple[tuple[date, str], ...]]:
    """Thresholds and seasons by path: what counted from which day on, as far as `until`.

    The first counts since ever. Two writings of one history are equal: a version that repeats the
    value before it is none.
    """
    every: dict[str, list[tuple[date, str]]] = {}
    for one in list_parameters(programme):
        if one.path.startswith(("rules.", "papers.")):
            continue
        told = every.setdefault(one.path, [])
        since = one.since if told else date.min
        if since <= until and (not told or told[-1][1] != one.plain):
            told.append((since, one.plain))
    return {path: tuple(told) for path, told in every.items()}


def _harder(before: Programme, after: Programme) -> list[str]:
    """What of a day asks more than before; who is asked less is not harmed."""
    gravity = list(Severity)
    had = {rule.code: rule.severity for rule in before.rules}
    papers = {paper.kind for paper in before.papers}
    rules = [
        f"rules.{rule.code}"
        for rule in after.rules
        if rule.code not in had or gravity.index(rule.severity) < gravity.index(had[rule.code])
    ]
    asked = [f"papers.{paper.kind}" for paper in after.papers if paper.kind not in papers]
    return [*rules, *asked, *find_harder(before.questions, after.questions)]

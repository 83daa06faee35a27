"""The database alone refuses a permit without both approvals: raw SQL, past every check of ours."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.services import agency_sets
from app.services.ports import Ports
from app.storage.agency_sets import agencies
from app.storage.approvals import decisions
from app.storage.authorisations import authorisations, find_of_application
from app.storage.right_approvals import right_approvals
from permits.appeals import Ruling
from permits.approvals import Opinion
from permits.people import SYSTEM, Agency, Role
from tests.agencies import knowing
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.proofs import record
from tests.rights import RightStory
from tests.storage.attacks import ATTACKS as ON_GRANTING
from tests.storage.attacks import Attack
from tests.storage.change_attacks import CHANGE_ATTACKS
from tests.storage.identity_attacks import IDENTITY_ATTACKS
from tests.storage.prepared_attacks import PREPARED_ATTACKS
from tests.storage.quota_attacks import QUOTA_ATTACKS
from tests.storage.recourse_attacks import RECOURSE_ATTACKS
from tests.storage.refusals import first_refusal, refusal, run
from tests.storage.renewal_attacks import RENEWAL_ATTACKS
from tests.storage.right_attacks import RIGHT_ATTACKS
from tests.storage.set_attacks import COUNTED, LAST, ROUND, SET_ATTACKS
from tests.storage.statements import END_CARDS, confirm, decide, grant, take_back

ATTACKS = (
    *ON_GRANTING,
    *PREPARED_ATTACKS,
    *RIGHT_ATTACKS,
    *QUOTA_ATTACKS,
    *RENEWAL_ATTACKS,
    *CHANGE_ATTACKS,
    *IDENTITY_ATTACKS,
    *RECOURSE_ATTACKS,
    *SET_ATTACKS,
)
WITH_A_CARD = {
    *("issued", "suspended", "proposed", "revoked", "replaced"),
    *("contested", "overturned"),
}


def lived(session: Session, ports: Ports, stage: str) -> dict[str, object]:
    """Live a case up to a stage; the values that the attacks name."""
    other = Story(session, ports).start().submit().approve()
    submitted = Story(session, ports).start().submit()
    if stage == "alone":
        ports = asking(session, ports, Agency.SETRASS)
    story = Story(session, ports).start().submit()
    if stage not in {"submitted", "alone"}:
        story.decide(story.setrass, Opinion.APPROVE)
    if stage == "refused":
        story.decide(story.inm, Opinion.REFUSE)
    if stage in {"ungranted", "granted"} | WITH_A_CARD:
        story.decide(story.inm, Opinion.APPROVE)
    after = _live_on(story.sign(), stage) if stage in WITH_A_CARD else None
    right = find_of_application(session, story.id)
    other_right = find_of_application(session, other.id)
    values: dict[str, object] = {
        "case": story.id,
        "worker": story.worker.person,
        "setrass": story.setrass.person,
        "setrass_too": add_official(session, ports, Role.SETRASS_OFFICER).person,
        "inm": story.inm.person,
        "inm_other": add_official(session, ports, Role.INM_OFFICER).person,
        "set": story.application.agency_set,
        "digest": story.application.digest,
        "right": right.id if right else None,
        "other_setrass": other.setrass.person,
        "other_inm": other.inm.person,
        "submitted": submitted.id,
        "other_right": other_right.id if other_right else None,
        "inm_too": after.supervisors[Agency.INM].person if after else None,
        "proposer": after.officers[Agency.INM].person if after else None,
    }
    if stage == "ungranted":  # approved by both, and the right taken away again
        session.execute(text("DELETE FROM credentials WHERE authorisation = :right"), values)
        run(session, UNGRANT, values)
    return values


def asking(session: Session, ports: Ports, *agencies: Agency) -> Ports:
    """The outside world with a coffee programme that asks these agencies from now on.

    The session is the owner's: nobody else writes sets.
    """
    coffee = replace(ports.reference.programmes["coffee-hn-gt"], agencies=agencies)
    agency_sets.hold_set(work_of(session, SYSTEM, ports), coffee)
    return knowing(ports, coffee)


UNGRANT = (
    "SET CONSTRAINTS ALL DEFERRED; DELETE FROM right_approvals WHERE authorisation = :right"
    " AND place = 2; DELETE FROM right_approvals WHERE authorisation = :right;"
    " DELETE FROM authorisations WHERE id = :right"
)


def _live_on(story: Story, stage: str) -> RightStory:
    lived = RightStory(story)
    if stage == "suspended":
        lived.suspend()
    if stage in {"proposed", "revoked", "contested", "overturned"}:
        lived.propose()
    if stage in {"revoked", "contested", "overturned"}:
        lived.confirm()
    if stage in {"contested", "overturned"}:
        lived.contest()
    if stage == "overturned":
        of = story.id
        lived.judge(Ruling.OVERTURNED).id = of
    if stage == "replaced":
        lived.lose_card()
    return lived


@pytest.mark.promise("P2", "P3")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O2")
@pytest.mark.parametrize("stage", sorted({attack.stage for attack in ATTACKS}))
def test_every_attack_is_refused_by_name(session: Session, ports: Ports, stage: str) -> None:
    values = lived(session, ports, stage)
    attacks = [attack for attack in ATTACKS if attack.stage == stage]
    told = {attack.what: refusal(session, attack, values) for attack in attacks}
    assert told == {attack.what: attack.refused_by for attack in attacks}


def test_there_are_enough_attacks() -> None:
    assert len({attack.what for attack in ATTACKS}) == len(ATTACKS) >= 16
    record(
        "constraints",
        "raw SQL that the database alone refuses, each by the constraint that is named",
        len(ATTACKS),
        refused=len(ATTACKS),
        constraints=len({attack.refused_by for attack in ATTACKS}),
    )


def test_the_lawful_way_is_open(session: Session, ports: Ports) -> None:
    """The same statements, with nothing wrong in them, are accepted: so they can be refused."""
    values = lived(session, ports, "half")
    run(
        session, decide() + "; UPDATE applications SET status = 'approved' WHERE id = :case", values
    )
    run(session, grant(), values)
    on = session.execute(
        select(right_approvals.c.place, right_approvals.c.agency, right_approvals.c.official)
        .where(right_approvals.c.application == values["case"])
        .order_by(right_approvals.c.place)
    ).all()
    assert on == [(1, "setrass", values["setrass"]), (2, "inm", values["inm"])]
    taken = session.execute(
        decisions.select().where(decisions.c.application == values["case"])
    ).all()
    assert sorted(row.agency for row in taken) == ["inm", "setrass"]


@pytest.mark.promise("P3")
@pytest.mark.feature("O16")
def test_two_people_of_one_agency_may_take_a_right_back(session: Session, ports: Ports) -> None:
    """The statements of the attacks with nothing wrong in them: so they can be refused."""
    values = lived(session, ports, "proposed")
    run(session, END_CARDS + confirm() + ";" + take_back(), values)
    found = session.execute(
        authorisations.select().where(authorisations.c.id == values["right"])
    ).one()
    assert found.status == "revoked"


THREE = """
INSERT INTO agencies VALUES ('third');
INSERT INTO accounts (person, email, name, created_at) VALUES (:third, 'x@x', 'x', now());
INSERT INTO postings VALUES (:third, 'third', now());
INSERT INTO agency_sets VALUES (900, 'coffee-hn-gt', 3, 'setrass', now());
INSERT INTO set_agencies VALUES (900, 1, 'setrass', NULL, 3), (900, 2, 'inm', 1, 3),
  (900, 3, 'third', 2, 3);
"""
ANEW = "UPDATE applications SET round = 2, agency_set = 900, status = 'approved' WHERE id = :case"


@pytest.mark.promise("P2")
@pytest.mark.feature("O1")
def test_a_right_stands_on_every_agency_of_its_set_however_many(
    session: Session, ports: Ports
) -> None:
    """The same tables hold for three: no column names one, and two of three are not enough."""
    values = lived(session, ports, "submitted") | {"third": uuid4()}
    by = {"setrass": ":setrass", "inm": ":inm", "third": ":third"}
    taken = [
        decide(round="2", agency=f"'{a}'", official=o, agency_set="900") for a, o in by.items()
    ]
    run(session, THREE + ROUND.format(agency_set="900") + ";" + ANEW, values)
    run(session, ";".join(taken[:2]), values)
    two = "(1, NULL, 'setrass', :setrass), (2, 1, 'inm', :inm)"
    three = two + ", (3, 2, 'third', :third)"
    told = [
        first_refusal(session, Attack("", "", grant(round="2", **changes), ""), values)[0]
        for changes in (
            {"approvals": "2", "given": two},
            {"approvals": "3", "given": two},
            {"approvals": "3", "given": three},
        )
    ]
    assert told == [COUNTED, LAST, "fk_right_approvals_decision"]
    run(session, taken[2] + ";" + grant(round="2", approvals="3", given=three), values)
    on = select(right_approvals.c.agency).order_by(right_approvals.c.place)
    found = session.execute(on.where(right_approvals.c.application == values["case"])).scalars()
    assert list(found) == [*by]


def test_the_database_knows_the_agencies_of_the_law(session: Session) -> None:
    assert set(session.execute(select(agencies.c.agency)).scalars()) == set(Agency)


SABOTAGE = [
    ("employer_changes", "fk_employer_changes_official", "a change by INM"),
    ("identity_changes", "fk_identity_changes_approved_by_all", "other data by labour alone"),
    ("quota_places", "ck_quota_places_place_within_total", "a place beyond the last"),
    ("quota_places", "uq_quota_places_application_scope", "a second place of one quota"),
    (
        "authorisations",
        "fk_authorisations_confirmed_revocation",
        "a right taken back by one person",
    ),
    ("revocations", "ck_revocations_two_people", "a proposal confirmed by who made it"),
    ("credentials", "ck_credentials_right_stands", "a card that stands under a revoked right"),
    ("suspensions", "ck_suspensions_by_another", "a suspension lifted by who made it"),
    ("right_approvals", "fk_right_approvals_decision", "a right after one approval"),
    ("authorisations", LAST, "a right that lacks its last approval"),
    ("authorisations", COUNTED, "a right that counts itself done after one of two"),
    ("decisions", "fk_decisions_asked_agency", "a decision of an agency that is not asked"),
    ("authorisations", "fk_authorisations_approved_application", "a granted case set back"),
    (
        "decisions",
        "uq_decisions_application_round_official",
        "a second decision of an official who moved",
    ),
]


@pytest.mark.promise("P2")
@pytest.mark.parametrize(("table", "constraint", "what"), SABOTAGE)
def test_without_its_constraint_an_attack_passes(
    database: Database, ports: Ports, table: str, constraint: str, what: str
) -> None:
    attack = next(attack for attack in ATTACKS if attack.what == what)
    with database.sessions.begin() as session:
        values = lived(session, ports, attack.stage)
        assert refusal(session, attack, values) == constraint
    with database.sessions.begin() as session:
        session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"))
        assert first_refusal(session, attack, values) == ("", "")


def test_without_the_trigger_a_round_could_be_written_again(
    database: Database, ports: Ports
) -> None:
    attack = next(a for a in ATTACKS if a.what == "content changed behind its digest")
    with database.sessions.begin() as session:
        values = lived(session, ports, attack.stage)
        session.execute(text("DROP TRIGGER application_rounds_never_change ON application_rounds"))
        assert first_refusal(session, attack, values) == ("", "")

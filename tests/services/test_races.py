"""Two at the same instant: one of them is first, and nobody is lost, doubled or stuck."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from app.services import (
    acceptances,
    appeals,
    applications,
    approvals,
    credentials,
    issuing,
    published,
    status_lists,
    submissions,
)
from app.services.approvals import Ruling
from app.services.work import Work
from app.storage.applications import get_application
from app.storage.outbox import outbox
from permits import cose, status_list
from permits.appeals import Ruling as Answer
from permits.applications import ApplicationId, Status
from permits.approvals import Ground, Opinion
from permits.issuing import RevocationReason
from permits.people import NOBODY, SYSTEM, Actor, Role
from permits.programmes import Hiring
from permits.reach import EVERYTHING
from tests import outside
from tests.builders import Story, add_official
from tests.databases import Database
from tests.proofs import record, times
from tests.services.races import Scene, at_once, codes, side_by_side

ROUNDS = times(5, 200)
CREDENTIALS = "authorisation IN (SELECT id FROM authorisations WHERE application = :case)"
OF_IT = f"subject IN (SELECT id FROM credentials WHERE {CREDENTIALS})"
SEEN: dict[str, int] = {}


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database, outside.ports())


@pytest.fixture(scope="module", autouse=True)
def _figures() -> Iterator[None]:
    yield
    what = "people at the same instant: one outcome, no doubles, nobody stuck, no error of ours"
    record("races", what, sum(SEEN.values()), **SEEN)


def approve(case: ApplicationId, work: Work) -> Status:
    """Approve the case as it stands now, as an official who just opened it."""
    seen = get_application(work.session, case, reach=EVERYTHING).version
    ruling = Ruling(Opinion.APPROVE)
    return approvals.decide_application(work, case, ruling, seen_version=seen).status


def contest(case: ApplicationId, work: Work) -> UUID:
    """Ask that a refusal be looked at again."""
    return appeals.file_appeal(work, case, "No es así.").id


def officials(story: Story, scene: Scene, each: int) -> list[Actor]:
    """So many officials of each agency."""
    with scene.database.sessions.begin() as session:
        return [
            add_official(session, scene.ports, role)
            for role in (Role.SETRASS_OFFICER, Role.INM_OFFICER)
            for _ in range(each)
        ]


@pytest.mark.promise("P3")
@pytest.mark.asvs("2.3.4", "15.4.2")
@pytest.mark.feature("O2", "O4")
def test_four_of_each_agency_at_once_leave_one_decision_of_each_and_one_permit(
    database: Database,
) -> None:
    scene = Scene(database, side_by_side())
    for _ in range(ROUNDS):
        story = scene.lived(lambda story: story.start().submit())
        act = partial(approve, story.id)
        answers = at_once(
            [partial(scene.insist, a, act, story) for a in officials(story, scene, 4)]
        )
        accepted = [answer for answer in answers if isinstance(answer, Status)]
        assert sorted(accepted) == [Status.APPROVED, Status.UNDER_REVIEW]
        assert set(codes(answers)) <= {"agency-already-decided", "not-under-review"}
        assert scene.count("decisions", "application = :case", story) == 2
        assert scene.count("authorisations", "application = :case", story) == 1
        assert scene.count("credentials", CREDENTIALS, story) == 1
    SEEN["both_agencies"] = ROUNDS


@pytest.mark.promise("P3", "P5")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O2", "O4")
def test_two_of_one_agency_who_saw_the_same_version_leave_one_decision(scene: Scene) -> None:
    for _ in range(ROUNDS):
        story = scene.lived(lambda story: story.start().submit())
        first, second = officials(story, scene, 2)[:2]
        seen = scene.version(story)

        def decide(opinion: Opinion, work: Work, story: Story = story, seen: int = seen) -> object:
            asks = opinion is Opinion.RETURN
            grounds = (Ground.DATA_MISSING,) if asks else ()
            ruling = Ruling(opinion, grounds, "¿Qué apellido?" if asks else "")
            return approvals.decide_application(work, story.id, ruling, seen_version=seen)

        answers = at_once(
            [
                partial(scene.do, first, partial(decide, Opinion.APPROVE), story),
                partial(scene.do, second, partial(decide, Opinion.RETURN), story),
            ]
        )
        assert codes(answers) == ["changed-meanwhile"]
        assert scene.count("decisions", "application = :case", story) == 1
    SEEN["one_agency"] = ROUNDS


@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O10")
def test_two_who_judge_one_recourse_at_once_leave_one_answer(scene: Scene) -> None:
    for _ in range(ROUNDS):
        story = scene.lived(
            lambda story: story.start().submit().decide(story.setrass, Opinion.REFUSE)
        )
        asked = scene.do(story.worker, partial(contest, story.id), story)
        with scene.database.sessions.begin() as session:
            judges = [add_official(session, scene.ports, Role.SETRASS_SUPERVISOR) for _ in range(2)]

        def judge(answer: Answer, work: Work, asked: UUID = asked) -> object:
            return appeals.judge_appeal(work, asked, answer, "Se revisó otra vez.")

        answers = at_once(
            [
                partial(scene.do, who, partial(judge, answer), story)
                for who, answer in zip(judges, (Answer.UPHELD, Answer.OVERTURNED), strict=True)
            ]
        )
        assert codes(answers) == ["already-judged"]
        opened = scene.count("applications", "id = :case AND round = 2", story)
        assert opened == scene.count(
            "appeals", "application = :case AND ruling = 'overturned'", story
        )
    SEEN["one_recourse"] = ROUNDS


@pytest.mark.asvs("15.4.2")
def test_an_approval_and_a_withdrawal_at_once_leave_one_of_both(scene: Scene) -> None:
    ends = set()
    for _ in range(ROUNDS):
        story = scene.lived(
            lambda story: story.start().submit().decide(story.setrass, Opinion.APPROVE)
        )

        def withdraw(work: Work, story: Story = story) -> Status:
            return applications.withdraw_application(work, story.id).status

        answers = at_once(
            [
                partial(scene.insist, story.inm, partial(approve, story.id), story),
                partial(scene.insist, story.worker, withdraw, story),
            ]
        )
        (end,) = [answer for answer in answers if isinstance(answer, Status)]
        assert set(codes(answers)) <= {"not-under-review", "no-such-move"}
        permits = scene.count("credentials", CREDENTIALS, story)
        assert (end, permits) in {(Status.APPROVED, 1), (Status.WITHDRAWN, 0)}
        ends.add(end)
    SEEN["approval_and_withdrawal"] = ROUNDS


@pytest.mark.promise("P4")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("W13")
def test_several_workers_sign_each_permit_once(scene: Scene) -> None:
    for _ in range(ROUNDS):
        stories = [scene.lived(lambda story: story.start().submit().approve()) for _ in range(3)]
        signers = [partial(scene.do, SYSTEM, issuing.sign_pending, stories[0])] * 4
        assert sum(n for n in at_once(signers) if isinstance(n, int)) == len(stories)
        for story in stories:
            assert scene.count("credentials", f"state = 'issued' AND {CREDENTIALS}", story) == 1
            assert scene.count("audit_events", f"act = 'credential:sign' AND {OF_IT}", story) == 1
    SEEN["signing"] = ROUNDS


@pytest.mark.feature("E6")
def test_an_employer_who_says_yes_and_no_at_once_has_said_one_of_both(scene: Scene) -> None:
    for _ in range(ROUNDS):
        story = scene.lived(lambda story: story.start(Hiring.ON_ACCEPTANCE).submit())
        query = select(outbox.c.payload).where(
            outbox.c.key.contains(str(story.id)), outbox.c.key.startswith("employer-asked")
        )
        with scene.database.sessions() as session:
            token = session.execute(query).scalar_one()["facts"]["link"].rsplit("/", 1)[1]

        def answer(accepted: bool, work: Work, token: str = token) -> None:
            acceptances.answer_question(work, token, accepted=accepted)

        said = [partial(scene.do, NOBODY, partial(answer, word), story) for word in (True, False)]
        assert codes(at_once(said)) == ["already-answered"]
        answered = "act = 'acceptance:answer' AND subject = :case"
        assert scene.count("audit_events", answered, story) == 2  # asked once, answered once
    SEEN["employer"] = ROUNDS


@pytest.mark.promise("P6")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("W1")
def test_a_double_click_hands_in_once(scene: Scene) -> None:
    for _ in range(ROUNDS):
        story = scene.lived(lambda story: story.start())

        def submit(work: Work, story: Story = story) -> object:
            return submissions.submit_application(work, story.id)

        answers = at_once([partial(scene.do, story.worker, submit, story)] * 3)
        assert codes(answers) == ["no-such-move"] * 2
        assert scene.count("application_rounds", "application = :case", story) == 1
    SEEN["submitting"] = ROUNDS


@pytest.mark.promise("P5")
@pytest.mark.feature("W3")
def test_of_those_who_saw_the_same_version_one_saves(scene: Scene) -> None:
    for _ in range(ROUNDS):
        story = scene.lived(lambda story: story.start())
        before = scene.version(story)

        def save(name: str, work: Work, story: Story = story, seen: int = before) -> object:
            changes = {"given_names": name}
            return applications.save_answers(work, story.id, changes, seen_version=seen)

        names = ("Ana", "Berta", "Carla", "Dora")
        answers = at_once(
            [partial(scene.do, story.worker, partial(save, name), story) for name in names]
        )
        assert codes(answers) == ["changed-meanwhile"] * 3
        wins = f"version = {before + 1} AND id = :case"
        assert scene.count("applications", wins, story) == 1
    SEEN["saving"] = ROUNDS


def revoke(scene: Scene, story: Story) -> int:
    """Revoke the story's permit, publish the list, each as a request does; the permit's place."""
    find = partial(credentials.find_permit_of, application=story.id)
    permit = scene.do(story.inm, find, story)
    assert permit is not None
    take_back = partial(
        credentials.revoke_credential,
        credential=permit.credential.id,
        reason=RevocationReason.LOST,
        seen_version=permit.credential.version,
    )
    scene.do(story.inm, take_back, story)
    scene.do(SYSTEM, partial(status_lists.publish_status_list, number=1), story)
    return permit.credential.status_index


@pytest.mark.feature("B3", "O16")
def test_revocations_published_at_once_are_all_on_the_list(scene: Scene) -> None:
    for _ in range(ROUNDS):
        stories = [
            scene.lived(lambda story: story.start().submit().approve().sign()) for _ in range(3)
        ]
        indexes = at_once([partial(revoke, scene, story) for story in stories])
        find = partial(published.get_list, number=1, form=published.CWT)
        listed = status_list.read_claims(
            cose.read_sign1(scene.do(SYSTEM, find, stories[0])).payload
        )
        for index in indexes:
            assert isinstance(index, int)
            assert listed.status(index) is status_list.Status.INVALID
    SEEN["revoking"] = ROUNDS


@pytest.mark.promise("P5")
def test_who_revokes_what_another_revoked_is_told_so(scene: Scene) -> None:
    for _ in range(ROUNDS):
        story = scene.lived(lambda story: story.start().submit().approve().sign())
        answers = at_once([partial(revoke, scene, story)] * 2)
        assert codes(answers) in (["changed-meanwhile"], ["no-such-credential-move"])
        assert scene.count("audit_events", f"act = 'credential:revoke' AND {OF_IT}", story) == 1
    SEEN["revoking_twice"] = ROUNDS

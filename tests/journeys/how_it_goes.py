"""Two people at work who are asked how it goes: one has not answered, one tells of danger."""

from sqlalchemy import select

from app.services import check_ins, nothing_paid
from app.storage.wanted_cases import wanted_cases
from app.storage.working_rights import list_working
from permits.deadlines import legal_day
from recruitment.check_ins import CheckIn, Moment
from tests.builders import Story
from tests.working import WELL, token_of


def ask(story: Story) -> CheckIn:
    """This worker is asked now."""
    working = list_working(story.session, legal_day(story.now), 500)
    right = next(one for one in working if one.application == story.id)
    asked = check_ins.ask_worker(story.work(story.worker), right, Moment.FIRST_WEEK)
    assert asked is not None
    return asked


def ask_two(silent: Story, hurt: Story) -> tuple[str, str, str, str]:
    """The link that waits and the one that was answered; the alarm; whom to call."""
    waiting = ask(silent)
    ask(hurt)
    token = token_of(hurt)
    check_ins.answer_link(hurt.work(hurt.worker), token, WELL | {"safe": "hurt"}, act=False)
    nothing_paid.say_nothing(hurt.work(hurt.worker), hurt.id)  # seen in the diary
    return (
        f"/como-esta/{token_of(silent)}",
        f"/como-esta/{token}",
        _alarm(hurt),
        str(waiting.id),
    )


def _alarm(story: Story) -> str:
    here = wanted_cases.c.application == story.id
    return str(story.session.execute(select(wanted_cases.c.id).where(here)).scalar_one())

"""Payslips that the labour inspection has to look at."""

from datetime import date

from sqlalchemy import exists, or_

from app.storage.applications import applications
from app.storage.database import Session
from app.storage.payslip_tables import payslip_answers, payslips
from app.storage.payslips import FiledPayslip, find_every, read_filed
from recruitment.payslips import Answer

UNPAID = '"paid_on":null'
"""How the canonical content of a payslip says that nothing was paid yet."""


def list_to_inspect(session: Session, since: date, limit: int = 2000) -> list[FiledPayslip]:
    """Newest versions that are contested, in which something was found, or of which nothing is paid
    yet, everywhere, of periods that began since a day; the contested ones on top.
    """
    own, said, newer = payslips.c, payslip_answers.c, payslips.alias("newer").c
    contested = exists().where(
        said.application == own.application,
        said.first_day == own.first_day,
        said.version == own.version,
        said.answer == Answer.CONTESTED.value,
    )
    after = exists().where(
        newer.application == own.application,
        newer.first_day == own.first_day,
        newer.version > own.version,
    )
    query = find_every().where(
        own.first_day >= since,
        applications.c.erased_at.is_(None),
        or_(own.findings != [], own.content.contains(UNPAID), contested),
        ~after,
    )
    newest = (contested.desc(), own.first_day.desc(), own.application)
    return read_filed(session, query.order_by(*newest).limit(limit))

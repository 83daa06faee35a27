"""The tables of payslips: versions, answers, and what was found after the writing."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base

payslips = Table(
    "payslips",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("first_day", Date, primary_key=True, info=PERSONAL),
    Column("version", Integer, primary_key=True, info=OPERATIONAL),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), nullable=False, info=OPERATIONAL),
    # Days, units, rate and what was taken, as canonical JSON; the worker stands beside it.
    Column("content", Text, nullable=False, info=PERSONAL),
    Column("digest", Text, nullable=False, info=OPERATIONAL),
    Column("findings", JSONB, nullable=False, info=OPERATIONAL),
    Column("written_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("written_at", INSTANT, nullable=False, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint(
        "digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')", name="digest_of_content"
    ),
    CheckConstraint("written_by <> worker", name="written_by_another"),
    Index("ix_payslips_employer", "employer", "first_day"),
)

payslip_answers = Table(
    "payslip_answers",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("first_day", Date, primary_key=True, info=PERSONAL),
    Column("version", Integer, primary_key=True, info=OPERATIONAL),
    Column("answer", Text, primary_key=True, info=PERSONAL),
    Column("lines", JSONB, nullable=False, info=PERSONAL),
    Column("words", Text, nullable=False, info=PERSONAL),
    Column("answered_at", INSTANT, nullable=False, info=PERSONAL),
    Column("reply", Text, nullable=False, server_default="", info=PERSONAL),
    Column("replied_at", INSTANT, info=PERSONAL),
    ForeignKeyConstraint(
        ["application", "first_day", "version"],
        ["payslips.application", "payslips.first_day", "payslips.version"],
    ),
    CheckConstraint("answer IN ('acknowledged', 'contested')", name="answer"),
    CheckConstraint(
        "(answer = 'contested') = (jsonb_array_length(lines) > 0)", name="contested_lines"
    ),
    CheckConstraint("(reply = '') = (replied_at IS NULL)", name="replied_together"),
)

payslip_findings = Table(
    "payslip_findings",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("first_day", Date, primary_key=True, info=PERSONAL),
    Column("version", Integer, primary_key=True, info=OPERATIONAL),
    # What was found after the writing: days go by, and nobody pays.
    Column("findings", JSONB, nullable=False, info=OPERATIONAL),
    Column("found_at", INSTANT, nullable=False, info=PERSONAL),
    # The run of a raised minimum wage that found it first; None where only days went by.
    Column("run", PG_UUID, ForeignKey("wage_runs.id"), info=OPERATIONAL),
    ForeignKeyConstraint(
        ["application", "first_day", "version"],
        ["payslips.application", "payslips.first_day", "payslips.version"],
    ),
    CheckConstraint("jsonb_array_length(findings) > 0", name="findings"),
    Index("ix_payslip_findings_run", "run"),
)

"""The ethical rules that are checked, with what each finds, stops and stands on."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.services import ethics
from app.web import wording
from app.web.dependencies import PublicReading
from app.web.documentation import refusals
from app.web.i18n import locale_for
from permits.findings import Severity
from permits.programmes import Threshold
from recruitment.ethics.catalogue import Overrider, Sheet
from recruitment.ethics.parameters import Terms
from recruitment.ethics.rules import Effect, RuleId
from recruitment.ethics.words import Subject

router = APIRouter(prefix="/ethics", tags=["ethics"], responses=refusals(401))


class OutcomeReply(BaseModel):
    """One thing that a rule may find."""

    code: str
    severity: Severity
    programmes: list[str] = Field(description="Which programmes see it so; none: the rule itself.")


class ParameterReply(BaseModel):
    """A value that the rule looks up: a number or a list, with its clause."""

    name: str = Field(description="Its unit stands in the name.")
    value: int | None
    items: list[str] | None
    source: str
    valid_from: date
    note: str
    confirmed: bool = Field(description="Whether counsel has confirmed it as law.")


class EthicsRuleReply(BaseModel):
    """One rule. What is missing is a finding of the code `unknown`, as grave as the rule."""

    id: RuleId
    about: Subject
    title_es: str
    title_en: str
    asks_es: str
    asks_en: str
    severity: Severity = Field(description="The gravest that it finds.")
    outcomes: list[OutcomeReply]
    effects: list[Effect] = Field(description="What a finding asks for beside.")
    overridable_by: Overrider = Field(description="Who may set its gravest finding aside.")
    inputs: list[str]
    parameters: list[ParameterReply]
    source: str
    confirmed: bool = Field(description="Whether counsel has confirmed it as law.")


class EthicsRuleList(BaseModel):
    """The rules in the order of their numbers."""

    items: list[EthicsRuleReply]


@router.get(
    "/rules",
    operation_id="listEthicsRules",
    summary="List the ethical rules",
    responses=refusals(422),
)
def list_ethics_rules(
    work: PublicReading,
    about: Annotated[
        Subject | None, Query(description="What the rules look at; none: all of them.")
    ] = None,
) -> EthicsRuleList:
    """What is checked before a publication and during the job, as it counts today; public."""
    return EthicsRuleList(items=[_rule(sheet) for sheet in ethics.list_rules(work, about)])


def _rule(sheet: Sheet) -> EthicsRuleReply:
    rule, spanish, english = sheet.rule, locale_for("es"), locale_for("en")
    return EthicsRuleReply(
        id=rule.id,
        about=rule.about,
        title_es=wording.say(spanish, "ethics-title", rule.id),
        title_en=wording.say(english, "ethics-title", rule.id),
        asks_es=wording.say(spanish, "ethics-asks", rule.id),
        asks_en=wording.say(english, "ethics-asks", rule.id),
        severity=sheet.severity,
        outcomes=[
            OutcomeReply(code=one.code, severity=one.severity, programmes=list(one.programmes))
            for one in sheet.grades
        ],
        effects=list(sheet.effects),
        overridable_by=sheet.overrider,
        inputs=list(rule.inputs),
        parameters=_parameters(sheet),
        source=rule.source,
        confirmed=rule.confirmed,
    )


def _parameters(sheet: Sheet) -> list[ParameterReply]:
    parameters: tuple[tuple[str, Threshold | Terms], ...] = (*sheet.values, *sheet.lists)
    return [_parameter(name, one) for name, one in parameters]


def _parameter(name: str, one: Threshold | Terms) -> ParameterReply:
    return ParameterReply(
        name=name,
        value=one.value if isinstance(one, Threshold) else None,
        items=list(one.items) if isinstance(one, Terms) else None,
        source=one.source,
        valid_from=one.valid_from,
        note=one.note,
        confirmed=one.confirmed,
    )

"""A permit and decisions as the printers are given them, and a look at what comes out of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote
from uuid import UUID

import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.adapters.prints import Paper, TypstPrints
from app.adapters.symbols import Symbols
from app.services.letter_samples import MEASURE_GROUNDS, NOTED, NUMBER, QUESTIONS, UNSIGNED
from app.services.prints import BARE_IN_LINKS
from app.web import assets
from app.web.print_voice import print_voice
from app.web.templating import TEMPLATES
from permits.appeals import RecourseTerms
from permits.appointments import ReceptionDay
from permits.approvals import Ground, Opinion
from permits.credentials import PermitClaims, prepare, seal
from permits.face import MAX_PICTURE, prepare_face, seal_face
from permits.identity_documents import IdentityKind
from permits.offers import Offer
from permits.people import Agency, PersonId
from permits.prints import (
    Measure,
    PrintedApproval,
    PrintedCrew,
    PrintedDay,
    PrintedDecision,
    PrintedMeasure,
    PrintedMember,
    PrintedPermit,
    PrintedVisitor,
    PrintedWork,
)
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from tests import outside
from tests.child_papers import children
from tests.contract_papers import contract_of
from tests.oriented import certificate
from tests.own_data_papers import own_data
from tests.payslips import printed_payslip
from tests.permits.samples import CLAIMS, clearance
from tests.referred import printed_referral
from tests.vectors import face_cases, forge

RECOURSE = RecourseTerms(10, date(2026, 12, 7), 15)
HELP = "+504 2222-0000"
PRINTED_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LINK = "https://vereda.example/v#"
COFFEE = outside.reference().programmes["coffee-hn-gt"]

OFFER = Offer(
    vacancy="v",
    employer="e",
    employer_name="Cooperativa Cafetalera La Unión de Copán Ltda.",
    employer_size=EmployerSize.TO_10,
    hiring=Hiring.OPEN,
    department="HN-CP",
    municipality="0404",
    title="Corte de café",
    occupation="9211",
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 2, 15),
    wage=Decimal("62.50"),
    currency="HNL",
    unit=WageUnit.LATA,
    unit_kg=Decimal("15.90"),
    hours_per_day=Decimal(8),
    days_per_week=6,
    housing=True,
    transport=True,
    food=False,
)

LONG = replace(
    CLAIMS,
    full_name="María de los Ángeles Concepción Gutiérrez Xitumul de Ñamendí Chꞌortiꞌ",
    employer_name="Asociación Cooperativa Café Güinope-Ñacaome Ltda",
    document_number="X-98765432-ÑQ",
    departments=("HN-CP", "HN-OC", "HN-LE", "HN-SB"),
    posts=("HN-GT-1", "HN-GT-2", "HN-GT-3"),
)
"""As long as real permits come: every list full, names at their longest, ꞌ and ñ in them."""


def prints() -> TypstPrints:
    """A printer of its own, on the templates and the typeface of the house."""
    return TypstPrints(TEMPLATES / "print", assets.FONTS, Symbols(), print_voice, HELP)


def text_of(claims: PermitClaims) -> str:
    """The QR text of these claims, signed by the vectors' issuer."""
    prepared = prepare(clearance(), claims, forge.PERMIT.kid)
    return seal(prepared, forge.PERMIT.sign(prepared.message))


def permit(
    claims: PermitClaims = CLAIMS, *, photo: bool = True, face: bool = False
) -> PrintedPermit:
    """A permit from 1 December 2026 to 15 February 2027."""
    text = text_of(claims)
    return PrintedPermit(
        claims=claims,
        text=text,
        link=LINK + quote(text, safe=BARE_IN_LINKS),
        first_day=date(2026, 12, 1),
        last_day=date(2027, 2, 15),
        programme=COFFEE,
        document_kind=IdentityKind.GT_DPI,
        department="Copán",
        municipality="Copán Ruinas",
        receipt="2026-1234-5678",
        offer=OFFER,
        printed_at=PRINTED_AT,
        photo=portrait() if photo else None,
        face=face_text(claims) if face else None,
    )


def face_text(claims: PermitClaims = CLAIMS) -> str:
    """The largest face that there may be, signed by the vectors' issuer."""
    picture = face_cases.PICTURE[:12] + forge.noise(MAX_PICTURE - 12)
    prepared = prepare_face(claims, picture, PRINTED_AT, forge.FACE.kid)
    return seal_face(prepared, forge.FACE.sign(prepared.message))


def decision(opinion: Opinion) -> PrintedDecision:
    """What SETRASS decided on 23 November 2026."""
    refused = opinion is Opinion.REFUSE
    grounds = (Ground.CONTRACT_BELOW_MINIMUM, Ground.DUPLICATE)
    return PrintedDecision(
        receipt="2026-1234-5678",
        full_name="María Ángela Gutiérrez Ñamendí",
        programme=COFFEE,
        agency=Agency.SETRASS,
        opinion=opinion,
        decided_on=date(2026, 11, 23),
        grounds=grounds if refused else (Ground.WORK_UNCLEAR,),
        note="El contrato dice 280 lempiras.\n\n¿Puede el empleador corregirlo?",
        answer_by=None if refused else date(2026, 12, 7),
        link="https://vereda.example/mi-solicitud",
        printed_at=PRINTED_AT,
        recourse=RECOURSE if refused else None,
    )


def crew() -> PrintedCrew:
    """Three people: one by code, one who has not answered, one whose file was erased."""
    on = date(2026, 11, 20)
    members = (
        PrintedMember(2, "Ana Xol Caal", "2026-1234-5678", "under-review", True, "code", on),
        PrintedMember(3, "Berta Tzul Súchite", None, "draft", False),
        PrintedMember(4, "", "2026-1234-5679", "approved", True, "witnessed", on),
        PrintedMember(5, "Dora Pérez Interiano", "2026-1234-5680", "approved", True),
    )
    return PrintedCrew(
        title=OFFER.title,
        employer=OFFER.employer_name,
        programme=COFFEE,
        registered_on=on,
        registered=5,
        family="status",
        members=members,
        printed_at=PRINTED_AT,
    )


def reception() -> PrintedDay:
    """Two people with a place: one with a receipt, one whose draft has no name yet."""
    day = ReceptionDay(
        *("HN-CP", "0404", "Salón comunal", date(2026, 12, 4), time(8), time(12), 4),
        ("spa", "caa"),
        id=UUID(int=1),
        agency=Agency.SETRASS,
        host=PersonId(UUID(int=2)),
    )
    visitors = (
        PrintedVisitor(time(8), "Ana Xol Caal", "2026-1234-5678"),
        PrintedVisitor(time(8, 30), "", None),
    )
    return PrintedDay(day, "Copán", "Copán Ruinas", visitors, PRINTED_AT)


def approval(number: str | None = CLAIMS.number) -> PrintedApproval:
    """What both agencies approved in November 2026; signed where a number is told."""
    return PrintedApproval(
        receipt="2026-1234-5678",
        full_name="María Ángela Gutiérrez Ñamendí",
        programme=COFFEE,
        approvals=((Agency.SETRASS, date(2026, 11, 20)), (Agency.INM, date(2026, 11, 23))),
        first_day=date(2026, 12, 1),
        last_day=date(2027, 2, 15),
        department="Copán",
        municipality="Copán Ruinas",
        offer=OFFER,
        digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        number=number,
        check="https://vereda.example/v",
        printed_at=PRINTED_AT,
    )


def measure(kind: Measure) -> PrintedMeasure:
    """What INM did to a right on 23 November 2026, or what time did."""
    granted = PrintedWork(OFFER, "Copán Ruinas", "Copán", OFFER.starts_on, OFFER.ends_on)
    return PrintedMeasure(
        measure=kind,
        receipt="2026-1234-5678",
        full_name="María Ángela Gutiérrez Ñamendí",
        programme=COFFEE,
        agency=None if kind in UNSIGNED else Agency.INM,
        decided_on=date(2026, 11, 23),
        grounds=MEASURE_GROUNDS.get(kind, ()),
        note="Hay que confirmar un dato con el registro." if kind in NOTED else "",
        until=date(2026, 12, 2),
        link="https://vereda.example/mi-solicitud",
        printed_at=PRINTED_AT,
        recourse=RECOURSE if kind is Measure.REVOKED else None,
        questions=QUESTIONS if kind is Measure.ASKED else (),
        employer=OFFER.employer_name,
        number=NUMBER,
        new_work=granted if kind is Measure.EMPLOYER_GRANTED else None,
    )


def paper(printer: TypstPrints, template: str, language: str) -> Paper:
    """A paper of every template, before it is set."""
    made = {
        "cards/card": lambda: printer.card_paper([permit(LONG, face=True)], language),
        "cards/sheet": lambda: printer.sheet_paper(permit(LONG, face=True), language),
        "children/senaf": lambda: printer.children_paper(children(), language),
        "crews/list": lambda: printer.crew_paper(crew(), language),
        "letters/approved": lambda: printer.approval_paper(approval(), language),
        "letters/contract": lambda: printer.contract_paper(contract_of(OFFER, COFFEE), language),
        "letters/payslip": lambda: printer.payslip_paper(printed_payslip(COFFEE), language),
        "letters/referral": lambda: printer.referral_paper(printed_referral(), language),
        "letters/refusal": lambda: printer.letter_paper(decision(Opinion.REFUSE), language),
        "letters/own_data": lambda: printer.own_data_paper(own_data(), language),
        "letters/returned": lambda: printer.letter_paper(decision(Opinion.RETURN), language),
        "orientation/certificate": lambda: printer.orientation_paper(certificate(), language),
        "receptions/day": lambda: printer.reception_paper(reception(), language),
    }
    if template not in made:
        return printer.measure_paper(measure(Measure(template.removeprefix("letters/"))), language)
    return made[template]()


def portrait() -> bytes:
    """A photo as it is kept: a JPEG of no face."""
    packed = BytesIO()
    Image.linear_gradient("L").resize((900, 1200)).convert("RGB").save(packed, "JPEG")
    return packed.getvalue()


def read_symbols(picture: bytes) -> list[str]:
    """The texts of the QR symbols on a page; no stripes of another kind that chance drew in one."""
    plain, kind = zxingcpp.TextMode.Plain, zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    with Image.open(BytesIO(picture)) as page:
        found = zxingcpp.read_barcodes(page.convert("L"), kind, text_mode=plain)
    return [symbol.text for symbol in found]


def words_of(pdf: bytes) -> str:
    """The text of a PDF with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def figures_of(pdf: bytes) -> list[str]:
    """The texts that stand in for pictures, in reading order."""
    return [
        str(node["/Alt"])
        for node in _structure(PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"].get_object())
        if node.get("/S") == "/Figure"
    ]


def _structure(node: object) -> list[DictionaryObject]:
    if not isinstance(node, DictionaryObject):
        return []
    kids = _resolved(node.get("/K", []))
    listed = kids if isinstance(kids, list) else [kids]
    return [node, *(found for kid in listed for found in _structure(_resolved(kid)))]


def _resolved(value: object) -> object:
    return value.get_object() if hasattr(value, "get_object") else value

"""Papers: tagged PDF/UA-1 in both languages, and symbols that read back from what is printed."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from app.adapters import print_contents
from app.adapters.prints import FontsMissing, TypstPrints
from app.adapters.symbols import Symbols
from app.web.i18n import OFFERED
from app.web.print_voice import print_voice
from app.web.templating import TEMPLATES
from app.web.wording.right_letters import PAPERS
from permits import permit_numbers, qr
from permits.approvals import Opinion
from tests import papers
from tests.papers import LONG, decision, figures_of, paper, permit, read_symbols, words_of
from tests.permits.samples import CLAIMS

LANGUAGES = [language.code for language in OFFERED]
NUMBER = permit_numbers.show(CLAIMS.number)
MM_AN_INCH = 25.4
NOT_ALWAYS = {
    "draft",
    "again",
    "looks_none",
    "no_employer",
    "no_photo",
    "not_given",
    "given_food",
    "granted_abroad",
    "pending",
    *("the_setrass", "the_inm", "the_consulate", "deductions", "deductions_yes", "deductions_no"),
}
"""Texts of another case than the one that these papers show."""


@pytest.fixture(scope="module")
def printer() -> TypstPrints:
    return papers.prints()


@pytest.mark.feature("W14", "O18")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", list(PAPERS))
def test_a_paper_is_tagged_titled_in_its_language_and_brings_its_fonts(
    printer: TypstPrints, template: str, language: str
) -> None:
    pdf = printer.pdf(paper(printer, template, language))
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.root_object

    assert bool(root["/MarkInfo"]["/Marked"].value)
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).split("-")[0] == language
    assert re.search(rb"pdfuaid:part[>=\"\s]*1", root["/Metadata"].get_data())
    title = {"cards/sheet": "sheet_title"}.get(template, "title")
    assert reader.metadata is not None
    assert reader.metadata.title == print_voice(language).words(template)[title]
    pages: list[Any] = list(reader.pages)
    faces = [font for page in pages for font in page["/Resources"]["/Font"].values()]
    below = [face.get_object()["/DescendantFonts"][0].get_object() for face in faces]
    descriptors = [font["/FontDescriptor"].get_object() for font in below]
    assert all({"/FontFile2", "/FontFile3"} & set(found) for found in descriptors)
    assert {re.sub("^.*[+]", "", str(f["/FontName"])).split("-")[0] for f in descriptors} == {
        "NotoSans"
    }


@pytest.mark.parametrize("template", list(PAPERS))
def test_every_text_of_the_table_is_on_its_paper(printer: TypstPrints, template: str) -> None:
    made = paper(printer, template, "es")
    said = words_of(printer.pdf(made)).replace(" ", "")
    for key, words in print_voice("es").words(template).items():
        if key in NOT_ALWAYS or key.endswith("_alt"):
            continue
        for piece in re.split(r"%\(\w+\)s", words):
            assert piece.replace(" ", "") in said, (key, words)


@pytest.mark.feature("W14")
@pytest.mark.parametrize("dots", [150, 200, 300])
def test_the_symbol_of_a_card_reads_back_byte_for_byte(printer: TypstPrints, dots: float) -> None:
    made = permit()
    face, back = printer.pictures(printer.card_paper([made], "es"), dots)

    assert read_symbols(face) == []
    assert read_symbols(back) == [made.text]


@pytest.mark.parametrize("dots", [150, 200])
def test_the_longest_permit_fits_and_reads_back(printer: TypstPrints, dots: float) -> None:
    made = permit(LONG)
    assert len(made.text) >= 611
    pages = printer.pictures(printer.card_paper([made], "es"), dots)

    assert len(pages) == 2
    assert read_symbols(pages[1]) == [made.text]


def test_the_largest_symbol_that_is_ever_issued_reads_back(printer: TypstPrints) -> None:
    text = (papers.text_of(LONG) * 2)[: qr.MAX_ISSUED_TEXT]
    _, back = printer.pictures(printer.card_paper([replace(permit(), text=text)], "es"), 200)

    assert read_symbols(back) == [text]


def test_the_symbol_has_its_size_and_its_quiet_zone(printer: TypstPrints) -> None:
    """28 mm and more with four modules of white, a module at least 0.33 mm (credential.md 1)."""
    dots = 600
    _, back = printer.pictures(printer.card_paper([permit(LONG)], "es"), dots)
    with Image.open(BytesIO(back)) as page:
        grey = page.convert("L")
        (found,) = zxingcpp.read_barcodes(grey)
        corner = found.position
        wide = (corner.top_right.x - corner.top_left.x) * MM_AN_INCH / dots
        modules = len(Symbols().modules(permit(LONG).text))
        quiet = wide / modules * 4
        around = grey.crop(
            (
                int(corner.top_left.x - quiet * dots / MM_AN_INCH + 2),
                int(corner.top_left.y - quiet * dots / MM_AN_INCH + 2),
                corner.top_left.x - 2,
                corner.bottom_left.y,
            )
        )

    assert found.ec_level == "M"
    assert wide + 2 * quiet == pytest.approx(48, abs=0.3)
    assert wide / modules >= 0.33
    assert around.getextrema() == (255, 255)


@pytest.mark.feature("W14")
def test_a_card_has_the_size_of_a_card_and_shows_what_was_signed(printer: TypstPrints) -> None:
    pdf = printer.cards([permit()], "es")
    reader = PdfReader(BytesIO(pdf))
    face = " ".join(reader.pages[0].extract_text().split())
    back = " ".join(reader.pages[1].extract_text().split())

    for page in reader.pages:
        size = [float(side) / 72 * MM_AN_INCH for side in page.mediabox[2:]]
        assert size == pytest.approx([85.6, 54], abs=0.05)
    for told in (
        "María Fernanda López Xitumul",
        NUMBER,
        "DPI de Guatemala 2345 67890 0101",
        "Cosecha de café Honduras–Guatemala",
        "Cooperativa Cafetalera La Unión de Copán Ltda.",
        "Departamento Copán",
        "1 de diciembre de 2026",
        "15 de febrero de 2027",
    ):
        assert told in face
    for told in ("Sólo vale si se escanea.", "Este permiso es gratis.", NUMBER, papers.HELP):
        assert told in back
    assert figures_of(pdf) == [
        "Foto de María Fernanda López Xitumul",
        f"Código QR firmado del permiso {NUMBER}",
    ]


def test_glottal_marks_and_tildes_are_letters_of_the_typeface(printer: TypstPrints) -> None:
    face = words_of(printer.cards([permit(LONG)], "es"))
    assert "Ñamendí Chꞌortiꞌ" in face
    assert "Güinope-Ñacaome" in face


def test_the_longest_names_are_set_smaller_and_stay_in_their_columns(printer: TypstPrints) -> None:
    longest = replace(
        LONG,
        full_name=("Wanda Mwamba " * 10)[:120].strip(),
        employer_name="Agroexportadora " + "W" * 32,
        document_number="W" * 32,
    )
    made = printer.card_paper([permit(longest)], "es")
    face = printer.pictures(made, 254)[0]  # ten dots a millimetre
    said = words_of(printer.pdf(made))

    for told in (longest.full_name, longest.employer_name, longest.document_number):
        assert told in said
    with Image.open(BytesIO(face)) as page:
        right, between = (825, 110, 856, 540), (604, 360, 622, 440)
        white = [page.convert("L").crop(part).getextrema() for part in (right, between)]
    assert white == [(255, 255)] * 2


def test_a_card_without_a_photo_says_what_to_compare(printer: TypstPrints) -> None:
    pdf = printer.cards([permit(photo=False)], "en")
    assert "No photo. Compare with the document." in words_of(pdf)
    assert figures_of(pdf) == [f"Signed QR code of permit {NUMBER}"]


def test_cards_are_printed_together_two_pages_each(printer: TypstPrints) -> None:
    made = [permit(), permit(LONG), permit(photo=False)]
    pages = printer.pictures(printer.card_paper(made, "es"), 200)

    read = [read_symbols(page) for page in pages]
    assert read == [found for one in made for found in ([], [one.text])]
    with pytest.raises(ValueError, match="no card"):
        printer.cards([], "es")


@pytest.mark.feature("W14")
@pytest.mark.parametrize("dots", [150, 200])
def test_the_sheet_reads_back_large_in_the_card_and_as_a_link(
    printer: TypstPrints, dots: float
) -> None:
    made = permit(LONG)
    first, second = printer.pictures(printer.sheet_paper(made, "es"), dots)

    assert read_symbols(first) == [made.text]
    card, link = sorted(read_symbols(second), key=len)
    assert card == made.text
    address, fragment = link.split("#")
    assert address + "#" == papers.LINK
    assert unquote(fragment) == made.text


def test_a_link_that_would_be_too_fine_is_left_out(printer: TypstPrints) -> None:
    made = replace(permit(), link=papers.LINK + "%20" * 500)
    pages = printer.pictures(printer.sheet_paper(made, "es"), 150)

    assert [read_symbols(page) for page in pages] == [[made.text], [made.text]]
    assert "fincas, bancos" not in words_of(printer.sheet(made, "es"))


@pytest.mark.feature("W14")
def test_the_sheet_tells_every_term_in_plain_words(printer: TypstPrints) -> None:
    said = words_of(printer.sheet(permit(), "es"))
    for told in (
        "Qué hará Corte de café",
        "Dónde Copán Ruinas, Copán",
        "Del 1 de diciembre de 2026 al 15 de febrero de 2027",
        "62.50 lempiras hondureños (HNL) por lata. Cada unidad pesa 15.9 kg.",
        "8 horas al día, 6 días a la semana",
        "Alojamiento Lo da el empleador",
        "Comida No incluida",
        "Nadie puede quitarle este permiso ni sus documentos.",
        "Solicitud 2026-1234-5678 · Permiso " + NUMBER,
        "Página 2 de 2",
        papers.HELP,
    ):
        assert told in said


@pytest.mark.feature("O9", "O18")
def test_a_refusal_tells_its_grounds_in_words_and_how_to_appeal(printer: TypstPrints) -> None:
    said = words_of(printer.letter(decision(Opinion.REFUSE), "es"))
    for told in (
        "María Ángela Gutiérrez Ñamendí",
        "El 23 de noviembre de 2026, la Secretaría de Trabajo y Seguridad Social (SETRASS) decidió",
        "El contrato está por debajo del mínimo (código L3)",
        "La solicitud está repetida (código L7)",
        "¿Puede el empleador corregirlo?",
        "Usted puede pedir que otra persona revise la decisión. Es gratis.",
        "por confirmar",
    ):
        assert told in said
    english = words_of(printer.letter(decision(Opinion.REFUSE), "en"))
    assert "On 23 November 2026, the Ministry of Labour" in english
    assert "The contract is below the minimum (code L3)" in english


@pytest.mark.feature("O8", "O18")
def test_a_return_tells_its_question_and_the_last_day_to_answer(printer: TypstPrints) -> None:
    said = words_of(printer.letter(decision(Opinion.RETURN), "es"))
    assert "le hizo esta pregunta: El contrato dice 280 lempiras. ¿Puede el empleador" in said
    assert "Responda a más tardar el 7 de diciembre de 2026." in said
    assert "https://vereda.example/mi-solicitud" in said


def test_the_same_paper_gives_the_same_bytes_in_any_thread(printer: TypstPrints) -> None:
    wanted = {language: printer.cards([permit()], language) for language in LANGUAGES}
    with ThreadPoolExecutor(4) as threads:
        asked = LANGUAGES * 8
        made = list(threads.map(lambda language: printer.cards([permit()], language), asked))
    assert made == [wanted[language] for language in asked]


def test_a_photo_is_made_small_and_upright_for_the_card() -> None:
    small = print_contents.shrink(papers.portrait())
    with Image.open(BytesIO(small)) as picture:
        assert (picture.format, picture.size) == ("JPEG", print_contents.PHOTO_PIXELS)
    assert len(small) < 30_000


def test_a_house_without_its_typeface_says_what_to_run(tmp_path: Path) -> None:
    bare = TypstPrints(TEMPLATES / "print", tmp_path, Symbols(), print_voice, papers.HELP)
    with pytest.raises(FontsMissing, match="make setup"):
        bare.cards([permit()], "es")

"""A thousand cards in one file: drawn a few at a time, kept as JSON, set as one document."""

import json
import resource
from dataclasses import replace
from io import BytesIO
from time import perf_counter, process_time

import pytest
from PIL import Image
from pypdf import PdfReader

from permits import permit_numbers
from permits.card_batches import MOST_CARDS
from permits.prints import PrintedPermit
from tests import papers
from tests.permits.samples import CLAIMS
from tests.proofs import record, times

CARDS = times(12, MOST_CARDS)
STEP = 25


def photo(number: int) -> bytes:
    """Another grain for each, so that no two photos are packed as one."""
    packed = BytesIO()
    face = Image.linear_gradient("L").resize((450, 600))
    grain = Image.effect_noise(face.size, 10 + number % 7)
    Image.blend(face, grain, 0.3).convert("RGB").save(packed, "JPEG")
    return packed.getvalue()


def permit(number: int) -> PrintedPermit:
    claims = replace(CLAIMS, number=permit_numbers.make(number), full_name=f"Ana Ñ. {number}")
    return replace(papers.permit(claims), photo=photo(number))


def megabytes() -> int:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.feature("W14", "O16")
def test_a_whole_batch_is_one_tagged_file_with_a_symbol_for_each() -> None:
    printer, drawn, before = papers.prints(), [], megabytes()
    drawing = 0.0
    for first in range(0, CARDS, STEP):
        some = [permit(number) for number in range(first, min(first + STEP, CARDS))]
        begun = process_time()
        drawn += json.loads(json.dumps(printer.draw_cards(some, "es")))
        drawing += process_time() - begun
    begun, worked = perf_counter(), process_time()
    whole = printer.set_cards(drawn, "es", papers.PRINTED_AT)
    setting, work = perf_counter() - begun, process_time() - worked
    found = PdfReader(BytesIO(whole))
    assert len(found.pages) == 2 * CARDS
    assert str(found.root_object["/MarkInfo"].get_object()).startswith("{'/Marked': True")
    for number in {0, CARDS // 2, CARDS - 1}:
        assert f"Ana Ñ. {number}" in found.pages[2 * number].extract_text()
    record(
        "cards",
        "cards with photo and QR in one tagged PDF, drawn a few at a time",
        CARDS,
        drawing_ms_a_card=round(drawing / CARDS * 1000, 1),
        setting_ms_a_card=round(setting / CARDS * 1000, 1),
        setting_cpu_ms_a_card=round(work / CARDS * 1000, 1),  # of all cores together
        file_mb=round(len(whole) / 1e6, 1),
        memory_grown_mb=megabytes() - before,
    )

"""The built front end: light for phones, brand taken out, colours that can be read in the sun."""

import gzip
import json
import re
from itertools import product
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from app.web import assets, templating
from app.web.contexts import HomePage
from tests.web.faces import request_for

SOURCE = Path(__file__).parents[2] / "app" / "web" / "static" / "src"
MANIFEST = assets.BUILT / "manifest.json"


def _sizes() -> dict[str, int]:
    return {name: entry["gzip"] for name, entry in json.loads(MANIFEST.read_text("utf-8")).items()}


def test_an_applicants_page_is_at_most_30_kb_in_4_requests() -> None:
    page = bytes(templating.render(request_for(), "home.html", HomePage()).body)
    loaded = re.findall(rb'(?:src|href)="/static/([^"]+)"', page)
    assert sorted(loaded) == [b"applicant.css", b"applicant.js", b"icon.svg"]
    sizes = _sizes()
    total = len(gzip.compress(page)) + sum(sizes[name.decode()] for name in loaded)
    assert total <= 15_000  # the budget is 30 KB; a question with files and pictures needs the rest
    assert sizes["applicant.css"] <= 11_000


def test_the_vendors_brand_is_not_in_it() -> None:
    for file in assets.BUILT.glob("*.css"):
        text = file.read_text("utf-8").lower()
        for brand in ("gds transport", "#1d70b8", "crown", "url("):
            assert brand not in text, (file.name, brand)


def test_built_files_are_kept_for_ever_and_missing_ones_are_not() -> None:
    app = Starlette(routes=[Mount(assets.PREFIX, assets.Fingerprinted())])
    client = TestClient(app)
    css = client.get(assets.read_manifest()["applicant.css"])
    assert css.status_code == 200
    assert css.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert re.fullmatch(r"/static/applicant\.[0-9a-f]{12}\.css", str(css.url.path))
    gone = client.get("/static/applicant.000000000000.css")
    assert (gone.status_code, gone.headers.get("cache-control")) == (404, None)


def test_without_a_build_the_start_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(assets.NotBuilt, match="npm run build"):
        assets.read_manifest(tmp_path)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_in_the_sun() -> None:
    palette = dict(
        re.findall(
            r"^\$([a-z-]+): (#[0-9a-f]{6});", (SOURCE / "scss/_palette.scss").read_text(), re.M
        )
    )
    tints = {name: colour for name, colour in palette.items() if name.endswith("-tint")}
    texts = {"ink", "leaf", "cherry", "sky", "stone", "leaf-deep", "cherry-deep"}
    for text, ground in product(sorted(texts), ("paper", "mist")):
        if (text, ground) != ("cherry", "mist"):  # never put together
            assert _contrast(palette[text], palette[ground]) >= 7, (text, ground)
    for ground, colour in tints.items():
        assert _contrast(palette["ink"], colour) >= 7, ground
    assert _contrast(palette["paper"], palette["leaf"]) >= 7
    assert _contrast(palette["ink"], palette["maize"]) >= 7
    assert _contrast(palette["edge"], palette["paper"]) >= 3

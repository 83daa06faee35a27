"""The questions said aloud: recorded voices where there are some, else a synthesiser's.

`python -m app.web.pages.voices` fills static/vendor/audio: a voice that stands in voices/ wins over
one that espeak-ng makes; where neither is there, there is no file, and pages show no button.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from app.web import wording
from app.web.i18n import REGISTRY, Language, Locale, locale_for
from app.web.pages.complaint_voices import READ, read_out, say_digits
from app.web.pages.steps import WIZARD
from app.web.pages.tablet_steps import LIST
from app.web.prompts import BUILT
from app.web.wording.contracts import DEDUCTED_ALOUD
from app.web.wording.costs import NOTHING_ALOUD
from app.web.wording.orientation import LESSON
from recruitment.check_ins import QUESTIONS

RECORDED = Path(__file__).parents[1] / "voices"
"""Recorded voices: `<language>/<slug of the step>.ogg`, for any language of the registry."""

SYNTHETIC: Mapping[str, str] = {"es": "es-419", "en": "en-us"}
"""Languages that espeak-ng speaks well enough, by its name of their voice."""

LESSON_SLUG = "leccion-"
"""Begins the name of a lesson of the orientation, as the page asks for its sound."""

NOTHING_SLUG, DEDUCTED_SLUG = "no-pago-nada", "descuentos"
"""The diary's question to who paid nothing, and that of a contract about what is deducted."""

MOST_BYTES = 400_000
"""Of a recorded prompt: a minute of speech, which a slow phone still loads when it is asked to."""

WORDS_A_MINUTE = "135"
BIT_RATE = "16"
"""kbit/s; nine seconds of speech are about 21 kB."""

Say = Callable[[str, str, Path], None]
"""Writes a text in a voice to an Ogg Opus file."""


def texts(locale: Locale) -> Mapping[str, str]:
    """What is said at each step in a language: the question, and how to answer it; and on pages.

    The questions during the job are said with their answers, which nobody else reads to whoever
    is there.
    """
    steps = {
        step.slug: f"{locale.text(step.question)} {locale.text(step.aloud)}".strip()
        for step in (*WIZARD.steps, LIST)
    }
    asked = {f"{CHECK_IN}-{name}": _with_answers(locale, name) for name in QUESTIONS}
    lessons = {f"{LESSON_SLUG}{topic}": locale.text(said) for topic, said in LESSON.items()}
    pages = {slug: read_out(locale, slug) for slug in READ}
    nothing = {
        NOTHING_SLUG: " ".join(map(locale.text, NOTHING_ALOUD)),
        DEDUCTED_SLUG: " ".join(map(locale.text, DEDUCTED_ALOUD)),
    }
    return {**steps, **asked, **lessons, **nothing, **pages, **say_digits(locale)}


CHECK_IN = "como-esta"
"""How the sounds of the questions during the job begin."""


def _with_answers(locale: Locale, name: str) -> str:
    answers = (wording.say(locale, "check-in-answer", f"{name}.{code}") for code in QUESTIONS[name])
    return " ".join(
        [wording.say(locale, "check-in-question", name), *(f"{one}." for one in answers)]
    )


def synthesiser() -> Say | None:
    """The machine's own voice; None where it has none, and nothing fails."""
    speaker, packer = shutil.which("espeak-ng"), shutil.which("opusenc")
    if not speaker or not packer:
        return None

    def say(text: str, voice: str, path: Path) -> None:
        with tempfile.NamedTemporaryFile(suffix=".wav") as wave:
            spoken = [speaker, "-v", voice, "-s", WORDS_A_MINUTE, "-w", wave.name, "--", text]
            _run(spoken)
            packed = [packer, "--quiet", "--bitrate", BIT_RATE, wave.name, str(path)]
            _run(packed)

    return say


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  ours, with our texts


def make(say: Say | None, recorded: Path = RECORDED, built: Path = BUILT) -> int:
    """Fill the folder of sounds anew and return how many there are.

    ValueError for a recorded file of another form or size, or under a name that no step has.
    """
    fresh = built.with_name(f"{built.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    found = {name: dict(_of(language, say, recorded, fresh)) for name, language in _languages()}
    (fresh / "manifest.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    shutil.rmtree(built, ignore_errors=True)
    fresh.rename(built)
    return sum(map(len, found.values()))


def _languages() -> Iterator[tuple[str, Language]]:
    return ((language.code, language) for language in REGISTRY)


def _of(
    language: Language, say: Say | None, recorded: Path, fresh: Path
) -> Iterator[tuple[str, str]]:
    voices = {path.stem: path for path in sorted((recorded / language.code).glob("*.ogg"))}
    said = texts(locale_for(language.code))
    if strange := voices.keys() - said.keys():
        raise ValueError(f"no question is called {sorted(strange)}")
    for slug, text in said.items():
        made = fresh / "made.ogg"
        if slug in voices:
            made.write_bytes(_checked(voices[slug]))
        elif say is not None and language.code in SYNTHETIC:
            say(text, SYNTHETIC[language.code], made)
        else:
            continue
        digest = hashlib.sha256(made.read_bytes()).hexdigest()[:12]
        name = f"{language.code}-{slug}.{digest}.ogg"
        made.rename(fresh / name)
        yield slug, name


def _checked(path: Path) -> bytes:
    data = path.read_bytes()
    if not data.startswith(b"OggS") or b"OpusHead" not in data[:100] or len(data) > MOST_BYTES:
        raise ValueError(f"{path.name} is no Opus file of at most {MOST_BYTES} bytes")
    return data


if __name__ == "__main__":
    voice = synthesiser()
    sys.stdout.write(
        f"{make(voice)} prompts{'' if voice else '; espeak-ng or opusenc is absent'}\n"
    )

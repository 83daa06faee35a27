"""A code in the dark and out of focus: read by the scanner, though no single frame shows it."""

import pytest
from playwright.sync_api import Browser

from tests.benchmarks import bench_frames


@pytest.mark.journey
def test_what_one_frame_does_not_show_is_read_in_a_second(steady_chrome: Browser) -> None:
    scenes = [
        scene
        for scene in bench_frames.scenes()
        if scene.blur == max(bench_frames.BLURS) and 4 <= scene.module < 5
    ]
    hard = [scene for scene in scenes if scene.light < 1][:1] + scenes[:1]
    page = bench_frames.open_reader(steady_chrome)

    told = [bench_frames.show(page, scene, number) for number, scene in enumerate(hard)]

    page.close()
    assert [(one.read, one.read_alone) for one in told] == [(True, False)] * 2


def test_there_are_as_many_scenes_as_were_asked_for() -> None:
    scenes = list(bench_frames.scenes())

    assert len(scenes) == 72
    assert len({(scene.picture, scene.light) for scene in scenes}) == 72
    assert sum(scene.module >= bench_frames.ENOUGH for scene in scenes) == 48

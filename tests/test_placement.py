"""Placements: every built-in file is valid, agrees with the research it came from, and loads fast by name."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from assetgen import placement
from assetgen.errors import PlacementError
from assetgen.model import Rectangle, Size, places
from assetgen.package.names import package_folder

RESEARCH = Path(__file__).parents[2] / "shared" / "platforms.yaml"

# Where the shipped figure departs from the research on purpose.
SIZES = {
    "instagram/carousel": {(1080, 1350), (1080, 1080)},  # its 1080×1440 is refused by the API
    "instagram/carousel-video": {(1080, 1350), (1080, 1080)},
    "telegram/story-video": {(720, 1280)},  # the other size is that of the picture
}
BYTES = {"facebook/page-cover": 4_000_000}  # 100 kB is what "loads fastest", not a limit
DURATIONS = {"x/video": 140}  # the older figure, which the help pages still give
# Not in the research: what bots send as an animation, stickers; and a second codec of one of its slots.
BESIDE = {"telegram/gif", "telegram/sticker-video", "whatsapp/sticker-animated", "live/overlay-video-prores"}


def test_every_file_is_valid():
    """No file of placements has a mistake."""
    assert [str(problem) for problem in placement.problems()] == []


def test_a_bad_file_is_told_whole_with_lines(tmp_path, monkeypatch):
    """All mistakes of a file are named at once, each with its line."""
    good = (placement.FOLDER / "telegram.toml").read_text("utf-8")
    bad = good.replace("max_bytes = 5_000_000", 'max_bytes = "5 MB"', 1).replace("publish =", "publsh =", 1)
    (tmp_path / "telegram.toml").write_text(bad, "utf-8")
    monkeypatch.setattr(placement, "FOLDER", tmp_path)
    found = placement.problems()
    assert {problem.place.line for problem in found} >= {bad[: bad.index(text)].count("\n") + 1 for text in ('"5 MB"',)}
    told = "\n".join(map(str, found))
    assert "max_bytes" in told
    assert "'publish'?" in told


def test_a_rectangle_outside_its_canvas_is_a_mistake(tmp_path, monkeypatch):
    """A safe area that leaves the canvas is refused."""
    good = (placement.FOLDER / "whatsapp.toml").read_text("utf-8")
    (tmp_path / "whatsapp.toml").write_text(good.replace("[65, 269, 1015, 1248]", "[65, 269, 1115, 1248]"), "utf-8")
    monkeypatch.setattr(placement, "FOLDER", tmp_path)
    assert "leaves its canvas of 1080×1920" in "\n".join(map(str, placement.problems()))


def test_names_agree_with_the_parsed_files():
    """`names()` lists what parsing the files gives, in their order."""
    assert placement.names() == tuple(one.name for one in placement.all())
    assert len(set(placement.names())) == len(placement.names())


@pytest.mark.parametrize(
    ("name", "size", "formats"),
    [
        ("instagram/feed-square", Size(1080, 1080), "jpeg"),
        ("instagram/feed-portrait", Size(1080, 1350), "jpeg"),
        ("instagram/story", Size(1080, 1920), "jpeg"),
        ("x/post", Size(1600, 900), "jpeg"),
        ("tiktok/photo", Size(1080, 1920), "jpeg"),
        ("youtube/thumbnail", Size(1280, 720), "jpeg"),
        ("linkedin/document", Size(1080, 1350), "pdf"),
        ("live/overlay", Size(1920, 1080), "png"),
    ],
)
def test_the_usual_placements(name, size, formats):
    """The names that people type give the sizes that they expect."""
    found = placement.load(name)
    assert (found.name, found.size, found.formats[0]) == (name, size, formats)
    assert found.sizes[0] == size


def test_another_size_by_name():
    """A size behind the name is taken, and told in it: two sizes of a placement do not share a folder."""
    square = placement.load("x/video@720x720")
    assert (square.name, square.size, square.shape) == ("x/video@720x720", Size(720, 720), "square")
    assert placement.load(square.name) == square
    assert placement.load("x/video@720x1280") == placement.load("x/video")
    assert package_folder("a", square) == "a/x-video-720x720"
    with pytest.raises(PlacementError, match=r"has no size 10×10 \(allowed: 720×1280"):
        placement.load("x/video@10x10")
    with pytest.raises(PlacementError, match=r"'square' is no size in pixels \(allowed: x/video@720x1280, "):
        placement.load("x/video@square")


def test_limits_of_a_story():
    """A story carries Meta's zones, its byte limit and where they come from."""
    story = placement.load("instagram/story")
    assert story.safe == Rectangle(65, 269, 1015, 1248)
    assert story.max_bytes == 8_000_000
    assert story.verified_on == "2026-11-22"
    assert any(source.url.startswith("https://developers.facebook.com/") for source in story.sources)


def test_text_limits():
    """Text limits take the strictest figure and name how they are counted."""
    assert placement.load("instagram/feed-square").text.hashtags == 5
    assert placement.load("x/post").text.unit == "weighted"
    assert placement.load("pinterest/pin").text.caption == 500
    assert placement.load("bluesky/post").text.alt_text_required


def test_an_unknown_name_names_the_nearest():
    """A typing slip in either half is answered with the name that was meant."""
    with pytest.raises(
        PlacementError, match=r"no placement 'instagram/feed-potrait' \(did you mean 'instagram/feed-po"
    ):
        placement.load("instagram/feed-potrait")
    with pytest.raises(PlacementError, match=r"no placement 'instagran/story' \(did you mean 'instagram/story'\?\)"):
        placement.load("instagran/story")


def test_a_platform_alone():
    """A platform alone is refused where it has several placements, and lists them."""
    with pytest.raises(PlacementError, match=r"'pinterest' has 3 placements; name one.*pinterest/pin, pinterest/carou"):
        placement.load("pinterest")


def test_a_platform_with_one_slot_needs_no_slot(tmp_path, monkeypatch):
    """The slot can be left away where there is only one."""
    text = (placement.FOLDER / "mastodon.toml").read_text("utf-8")
    head, sources = text.index("[slots.carousel]"), text.index("\n[sources]")
    (tmp_path / "mastodon.toml").write_text(text[:head] + text[sources:], "utf-8")
    monkeypatch.setattr(placement, "FOLDER", tmp_path)
    assert placement.load("mastodon").name == "mastodon/post"


def test_another_size_of_the_same_shape_scales_everything():
    """The same shape in more pixels scales safe area and zones."""
    cover = placement.load("facebook/page-cover", at=Size(851, 315))
    assert cover.safe == Rectangle(145.5, 20, 560, 230)
    thumbnail = placement.load("youtube/thumbnail", at=Size(1920, 1080))
    assert thumbnail.covered[0].rectangle == Rectangle(1620, 930, 1920, 1080)


def test_another_shape_keeps_what_lies_on_the_picture():
    """A shorter picture sits in the middle of the screen, so the same buttons leave it another safe area."""
    assert placement.load("tiktok/photo", at=Size(1080, 1350)).safe == Rectangle(120, 3, 780, 963)
    assert placement.load("live/lower-third", at=Size(1920, 360)).safe == Rectangle(96, 0, 1824, 360)
    carousel = placement.load("instagram/carousel", at=Size(1080, 1080))
    assert [zone.rectangle for zone in carousel.crops] == [Rectangle(135, 0, 945, 1080)]


def test_a_size_that_is_not_listed_is_refused():
    """Only the sizes of the placement can be asked for."""
    with pytest.raises(PlacementError, match=r"x/post has no size 100×100 \(allowed: 1600×900, 1200×675\)"):
        placement.load("x/post", at=Size(100, 100))


def test_zones_lie_on_the_canvas_at_every_size():
    """Whatever size is asked for, safe area and zones stay on the canvas and are not empty."""
    for one in placement.all():
        for size in one.sizes:
            at = placement.load(one.name, at=size)
            areas = [zone.rectangle for zone in (*at.crops, *at.covered)] + ([at.safe] if at.safe else [])
            for area in areas:
                assert area.outside(Rectangle(0, 0, size.width, size.height)) <= 1, one.name
                assert area.width > 0 < area.height, one.name


def test_recommended_sizes_keep_their_own_limits():
    """No placement recommends a size that its own limits refuse."""
    for one in placement.all():
        for size in one.sizes:
            if one.ratio_min and one.ratio_max:
                assert one.ratio_min * 0.99 <= size.ratio <= one.ratio_max * 1.01, one.name
            assert (one.max_width or size.width) >= size.width >= (one.min_width or 0), one.name
            assert (one.max_height or size.height) >= size.height >= (one.min_height or 0), one.name
            assert (one.max_pixels or 10**9) >= size.width * size.height, one.name


def test_loading_one_parses_one_file(monkeypatch):
    """A command that needs one placement does not wait for all platforms."""
    parsed = []
    monkeypatch.setattr(tomllib, "loads", lambda text, real=tomllib.loads: parsed.append(text) or real(text))
    placement.load("instagram/story")
    assert len(parsed) <= 1


def _research():
    if not RESEARCH.is_file():
        pytest.skip("the research is not here")
    yaml = pytest.importorskip("yaml")
    entries = yaml.safe_load(RESEARCH.read_text("utf-8"))["placements"]
    return {entry["id"]: entry for entry in entries}


def test_every_placement_of_the_research_is_covered():
    """Every image, document, overlay and video of the research has its placement, and no placement is invented."""
    research = _research()
    stills = {name for name, entry in research.items() if entry["image"] and name != "x_gif"}
    assert {one.reference for one in placement.all() if one.video is None} == stills
    videos = {name for name, entry in research.items() if entry["video"]} | {"x_gif"}
    assert {one.reference for one in placement.all() if one.video} == videos


def test_figures_equal_the_research():
    """Sizes, bytes, sides and ratios are those of the research; safe areas and counts are never wider."""
    research = _research()
    for one in placement.all():
        if one.video is not None:
            continue
        entry = research[one.reference]
        image, ratio = entry["image"], entry["aspect_ratio"]
        sizes = SIZES.get(one.name, {tuple(size) for size in entry["recommended_px"]})
        assert {(size.width, size.height) for size in one.sizes} == sizes, one.name
        assert one.max_bytes == BYTES.get(one.name, image["safest_max_bytes"]), one.name
        sides = (one.min_width, one.max_width, one.min_height, one.max_height, one.max_pixels)
        keys = ("min_width_px", "max_width_px", "min_height_px", "max_height_px", "max_pixels")
        assert sides == tuple(image[key] for key in keys), one.name
        assert one.ratio_min == pytest.approx(ratio["min_decimal"], abs=1e-3), one.name
        assert one.ratio_max == pytest.approx(ratio["max_decimal"], abs=1e-3), one.name
        assert image["count_min"] <= one.count_min <= one.count_max <= image["count_max"], one.name
        if entry["safe_zone"]:
            assert one.safe is not None
            assert one.safe.outside(Rectangle(*entry["safe_zone"]["safe_rect"])) == 0, one.name
        zones = {tuple(zone.rectangle.as_list()) for zone in (*one.crops, *one.covered)}
        assert zones == {tuple(zone["rect"]) for zone in entry["crop_zones"]}, one.name
        assert (one.text.caption or 0) <= (entry["text"]["caption_max"] or 0), one.name
        assert one.text.alt_text == entry["text"]["alt_text_max"], one.name
        assert len(one.sources) == len({(s["url"], s["evidence"], s["read"]) for s in entry["sources"]}), one.name


def test_figures_of_videos_equal_the_research():
    """Sizes, bytes, lengths, rates, codecs and text of videos are those of the research; safe areas are never wider."""
    research = _research()
    for one in placement.all():
        entry = research[one.reference]
        if one.video is None or one.name in BESIDE:
            continue
        sizes = SIZES.get(one.name, {tuple(size) for size in entry["recommended_px"]})
        assert {(size.width, size.height) for size in one.sizes} == sizes, one.name
        assert (one.text.caption or 0) <= (entry["text"]["caption_max"] or 0), one.name
        assert one.text.alt_text == entry["text"]["alt_text_max"], one.name
        assert one.video.captions == tuple(entry["text"]["caption_file_formats"] or ()), one.name
        assert len(one.sources) == len({(s["url"], s["evidence"], s["read"]) for s in entry["sources"]}), one.name
        if entry["safe_zone"]:
            assert one.safe is not None, one.name
            scale = one.size.width / entry["safe_zone"]["canvas"][0]
            edges = [edge * scale for edge in entry["safe_zone"]["safe_rect"]]
            spare = (entry["safe_zone"]["canvas"][1] * scale - one.size.height) / 2
            allowed = Rectangle(edges[0], edges[1] - spare, edges[2], edges[3] - spare)
            assert one.safe.outside(allowed) == 0, one.name
        if entry["video"]:
            _figures_of_a_video(one, entry["video"], entry["audio"])


def _figures_of_a_video(one, video, audio):
    limits = one.video
    assert one.max_bytes == video["safest_max_bytes"], one.name
    assert limits.duration_max == DURATIONS.get(one.name, video["duration_max_s"]), one.name
    assert limits.duration_min == (video["duration_min_s"] or 0), one.name
    low, high = video["safest_duration_s"] or (5, 60)
    assert low <= limits.duration_advised[0] <= limits.duration_advised[1] == high, one.name
    assert limits.frames_per_second == (video["fps_recommended"] or 30), one.name
    assert (limits.frames_per_second_min, limits.frames_per_second_max) == (video["fps_min"], video["fps_max"]), (
        one.name
    )
    assert (limits.bitrate_min, limits.bitrate_max) == (video["bitrate_min_kbps"], video["bitrate_max_kbps"]), one.name
    stated = " ".join(video["codecs"])
    assert all(codec in stated for codec in (limits.codec, *limits.codecs)), one.name
    assert set(one.formats) <= set(video["containers"]), one.name
    assert limits.container in one.formats, one.name
    assert ("moov-last" in limits.refuses) == (video["faststart"] or "").startswith("required"), one.name
    if video["edit_lists_allowed"] is False and video["faststart"] == "required":
        assert "edit-list" in limits.refuses, one.name
    if audio:
        assert limits.audio_bitrate == audio["bitrate_kbps"], one.name
        assert limits.true_peak <= audio["true_peak_max_dbtp"], one.name
    else:
        assert limits.audio_codec == "", one.name


def test_only_videos_have_limits_of_videos():
    """Kind and limits agree, and no still takes a video for its own."""
    for one in placement.all():
        assert (one.kind == "video") == (one.video is not None), one.name
        assert one.kind != "image" or not {"mp4", "webm", "mov"} & set(one.formats), one.name


def test_defaults_of_the_schema_are_those_of_the_model():
    """What a file leaves out means the same to the check and to the loader."""
    from assetgen.model import VideoLimits
    from assetgen.placements import _schema

    checked = _schema.VideoLimits()
    assert {name: getattr(VideoLimits(), name) for name in type(checked).model_fields} == checked.model_dump()
    assert get_args(places.Refusal) == get_args(_schema.Refusal)
    assert get_args(places.Codec) == get_args(_schema.Codec)


def test_limits_of_a_reel():
    """A reel carries what Instagram refuses, its length and its rates."""
    limits = placement.load("instagram/reel").video
    assert (limits.codec, limits.profile, limits.container, limits.frames_per_second) == ("h264", "high", "mp4", 30)
    assert {"moov-last", "edit-list", "open-gop"} <= set(limits.refuses)
    assert (limits.duration_min, limits.duration_max, limits.duration_advised) == (3, 900, (5, 90))
    assert placement.load("whatsapp/status-video").video.b_frames == 0
    assert placement.load("telegram/story-video").video.keyframe_seconds == 1
    assert placement.load("live/overlay-video").video.container == "webm"


def test_limits_of_videos_that_disagree_are_a_mistake(tmp_path, monkeypatch):
    """A frame rate outside of its own range, and a video without limits, are refused."""
    good = (placement.FOLDER / "tiktok.toml").read_text("utf-8")
    monkeypatch.setattr(placement, "FOLDER", tmp_path)
    (tmp_path / "tiktok.toml").write_text(
        good.replace("frames_per_second_min = 23", "frames_per_second_min = 31"), "utf-8"
    )
    assert "frames_per_second is 30, outside of 31" in "\n".join(map(str, placement.problems()))
    (tmp_path / "tiktok.toml").write_text(good.replace('kind = "image"', 'kind = "video"', 1), "utf-8")
    assert "exactly where there is a table of video limits" in "\n".join(map(str, placement.problems()))

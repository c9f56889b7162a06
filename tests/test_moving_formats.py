"""Films in other formats than H.264: GIF and WebP for messengers, transparent WebM and ProRes for live, HEVC."""

import io
import tempfile
from dataclasses import replace
from itertools import pairwise

import av
import numpy
import pytest
from PIL import Image

from assetgen import parts, placement
from assetgen.brand import Brand
from assetgen.errors import EncodeError
from assetgen.formats import gif, mov, mp4, webm, webp
from assetgen.inspect import inspect_file
from assetgen.layout import Layout
from assetgen.model import Direction, Severity, Size, VideoLimits
from assetgen.studio import Studio, Wish
from assetgen.video.colour import rgb_pixels, video_pixels
from assetgen.video.moving import Moving

SIZE = Size(96, 64)
RED = (200, 30, 40)


def picture(number, alpha=255):
    """Return video pixels of a red block that moves on a soft ground; `alpha` is that of the ground."""
    pixels = numpy.zeros((SIZE.height, SIZE.width, 4), numpy.uint8)
    pixels[..., 0] = pixels[..., 1] = pixels[..., 2] = numpy.linspace(60, 220, SIZE.width).astype(numpy.uint8)
    pixels[..., 3] = alpha
    pixels[16:48, 4 * number : 4 * number + 32] = (*RED, 255)
    return video_pixels(pixels)


def moving(counts=(1,) * 8 + (22,), alpha=255, **more):
    def looks():
        for number, count in enumerate(counts):
            yield picture(number, alpha), count

    return Moving(SIZE, 30, sum(counts), looks, transparent=alpha < 255, **more)


def decoded(data, codec=None):
    """Return every frame with its alpha; FFmpeg's own decoder of VP9 leaves the alpha out."""
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.video[0]
        context = av.CodecContext.create(codec, "r") if codec else None
        packets = container.demux(stream)
        frames = [frame for one in packets for frame in (context.decode(one) if context else one.decode())]
        return [frame.to_ndarray(format="rgba", src_colorspace="ITU709") for frame in frames], stream


def animation(data):
    """Return the pictures of an animation and how long each stands, in milliseconds, and how often it runs."""
    with Image.open(io.BytesIO(data)) as image:
        found = []
        for number in range(image.n_frames):
            image.seek(number)
            found.append((numpy.asarray(image.convert("RGB")).astype(int), image.info["duration"]))
        return found, image.info["loop"]


@pytest.mark.parametrize("module", [gif, webp])
def test_animations_show_the_film_and_run_without_end(module):
    """Every look once, in its place and for its time; what holds is one picture; together as long as the film."""
    frames, loop = animation(module.film(moving()))
    assert loop == 0
    assert sum(time for _, time in frames) == pytest.approx(1000, abs=40)
    assert len(frames) <= 10
    last = frames[-1][0]
    assert numpy.abs(last[32, 48] - RED).max() <= 12
    assert numpy.abs(last[4, 90] - rgb_pixels(picture(8))[4, 90]).max() <= 16


def test_a_gif_holds_still_where_the_film_does():
    """Dithering is a pattern that stands: pixels that do not move have the same colour in every picture."""
    frames, _ = animation(gif.film(moving()))
    assert len({one[:12].tobytes() for one, _ in frames}) == 1


def test_a_gif_keeps_bytes_pictures_and_pixels():
    """Above a limit colours go first, then pictures a second, then size; what cannot be made is told."""
    free = gif.film(moving())
    less = gif.film(moving(max_bytes=int(len(free) * 0.6)))
    assert len(less) <= len(free) * 0.6
    few = animation(gif.film(moving((1,) * 30, limits=VideoLimits(frames_max=12))))[0]
    assert len(few) <= 12
    assert sum(time for _, time in few) == pytest.approx(1000, abs=40)
    small = animation(gif.film(moving(limits=VideoLimits(total_pixels_max=SIZE.width * SIZE.height * 4))))[0]
    assert len(small) * small[0][0].shape[0] * small[0][0].shape[1] <= SIZE.width * SIZE.height * 4
    with pytest.raises(EncodeError, match=r"the GIF needs [\d,]+ bytes at the lowest quality that is used; 100 are"):
        gif.film(moving(max_bytes=100))


@pytest.mark.parametrize(("module", "codec", "near"), [(webm, "libvpx-vp9", 16), (mov, None, 4)])
def test_transparent_videos_keep_alpha_and_colours(module, codec, near):
    """What is half transparent comes back so, with its full colour; every frame is there."""
    frames, stream = decoded(module.film(moving(alpha=100)), codec)
    assert len(frames) == 30
    last = frames[-1].astype(int)
    assert abs(last[4, 90, 3] - 100) <= 3
    assert abs(last[32, 48, 3] - 255) <= 3
    assert numpy.abs(last[32, 48, :3] - RED).max() <= near
    assert numpy.abs(last[4, 90, :3] - 212).max() <= near
    assert stream.codec_context.color_range == 1
    if module is webm:
        assert stream.metadata["alpha_mode"] == "1"


def test_hevc_is_what_a_story_of_telegram_takes():
    """A key picture each second, no B pictures, `hvc1`, `moov` first, BT.709, no edit list: nothing to find."""
    story = replace(placement.load("telegram/story-video"), size=SIZE, sizes=(SIZE,), ratio_min=None, ratio_max=None)
    data = mp4.film(moving((3,) * 16 + (42,), limits=story.video))
    found = [one.rule for one in inspect_file(data, story) if one.severity != Severity.INFO]
    assert set(found) <= {"file.bitrate-low", "file.loudness", "file.silent"}
    with av.open(io.BytesIO(data)) as container:
        keys = [float(one.pts * one.time_base) for one in container.demux(video=0) if one.is_keyframe and one.size]
    assert all(later - one <= 1.001 for one, later in pairwise([*keys, 3.0]))


@pytest.mark.parametrize("module", [gif, webp, webm, mov, mp4])
def test_the_same_film_gives_the_same_bytes(module):
    """No clock, no chance, no names of people or machines."""
    assert module.film(moving()) == module.film(moving())


@pytest.mark.parametrize("module", [mov, mp4])
def test_a_disk_that_refuses_is_told(module, monkeypatch, tmp_path):
    """Where the file cannot be put together, the folder and a way out are named."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(EncodeError, match=r"cannot be put together in .*none.*\(make room there"):
        module.film(moving())


def test_every_format_that_moves_can_be_asked_for_a_film():
    """A part says `MOVING`, and then takes films."""
    for name in parts.names("formats"):
        module = parts.load("formats", name)
        assert callable(getattr(module, "film", None)) == getattr(module, "MOVING", False), name


def test_every_placement_of_videos_can_be_made():
    """The first format that a placement takes and we make is one of films."""
    from assetgen.motion.production import format_of

    for one in placement.all():
        if one.video is not None:
            assert format_of(one) in one.formats


@pytest.mark.parametrize(("layout", "name"), [("lower-third", "live/overlay-video"), ("ticker", "live/overlay-video")])
def test_overlays_come_and_go_over_nothing(layout, name):
    """The first and the last picture are empty, between them the words stand; a file without anything to find."""
    small = Size(480, 270)
    live = replace(placement.load(name), size=small, sizes=(small,), safe=None)
    kit = Layout.load(layout)
    with Studio() as studio:
        wish = Wish(kit.example()["id"], live, direction=Direction(music="none"))
        asset = studio.make(kit, Brand.load("lentera"), wish)
    frames, _ = decoded(asset.files[0].data, "libvpx-vp9")
    assert [file.role for file in asset.files] == ["post"]
    assert frames[0][..., 3].max() <= 4
    assert frames[-1][..., 3].mean() < 20
    assert (frames[len(frames) // 2][..., 3] > 250).mean() > 0.03
    assert "resting" not in {one.rule for one in asset.findings}  # an overlay leaves again
    assert not [one for one in inspect_file(asset.files[0].data, live) if one.severity == Severity.ERROR]

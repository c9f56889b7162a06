"""Judge a video for a placement: what was described goes in; findings come out, errors for what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from assetgen.inspect.clip import Clip, Decoded, Stream
from assetgen.inspect.flashes import spans
from assetgen.inspect.media import FFMPEG, error, info, judge_bytes, judge_metadata, judge_ratio, judge_sides, warning
from assetgen.inspect.parameters import Colour
from assetgen.inspect.tracks import b_frames, judge_sound, judge_tracks
from assetgen.model import Finding, Placement, Severity, Size, VideoLimits

BT709 = 1
_SDR_TRANSFERS = (1, 6, 13, 14, 15)
_HDR = {16: "PQ", 18: "HLG"}
# In the order of what decoders need to know: each one takes those before it.
_PROFILES = {
    "h264": ("constrained baseline", "baseline", "main", "high", "high 10", "high 4:2:2", "high 4:4:4"),
    "hevc": ("main still", "main", "main 10", "range extensions"),
    "prores": ("422 proxy", "422 lt", "422", "422 hq", "4444", "4444 xq"),
}

# ITU-T H.264 table A-1: level, most macroblocks a second, most in a picture.
_LEVELS = (
    (1.0, 1_485, 99), (1.1, 3_000, 396), (1.2, 6_000, 396), (2.0, 11_880, 396), (2.1, 19_800, 792),
    (2.2, 20_250, 1_620), (3.0, 40_500, 1_620), (3.1, 108_000, 3_600), (3.2, 216_000, 5_120), (4.1, 245_760, 8_192),
    (4.2, 522_240, 8_704), (5.0, 589_824, 22_080), (5.1, 983_040, 36_864), (5.2, 2_073_600, 36_864),
)  # fmt: skip


def judge_clip(clip: Clip, placement: Placement) -> Iterator[Finding]:
    """Yield what keeps a video from being fit for a placement."""
    limits = placement.video
    assert limits is not None
    yield from judge_bytes(clip.bytes, placement)
    yield from judge_metadata(clip.metadata)
    if clip.problem:
        yield _damaged(clip.problem)
        return
    if not clip.pictures:
        yield error("damaged", "the file has no pictures: it is sound alone", "give the video itself")
        return
    picture = clip.pictures[0]
    judged = chain(
        _least_bytes(clip, limits, placement),
        _duration(clip, limits, placement),
        _size(picture, placement),
        _codec(picture, limits, placement),
        _format(picture, clip.decoded, limits),
        _colour(picture, clip.decoded, limits),
        _transparency(picture, placement),
        judge_tracks(clip, limits, placement),
        judge_sound(clip, limits, placement),
        _played(clip, limits, placement.transparent),
    )
    for finding in judged:
        yield refused(finding, limits)


def refused(finding: Finding, limits: VideoLimits) -> Finding:
    """Return the finding as an error where the platform refuses what it names."""
    refuses = finding.rule.removeprefix("file.") in limits.refuses
    return replace(finding, severity=Severity.ERROR) if refuses else finding


def _damaged(problem: str) -> Finding:
    return error("damaged", f"the video cannot be read to the end: {problem}", "save it again, or take the original")


def _least_bytes(clip: Clip, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    if limits.min_bytes is not None and clip.bytes < limits.min_bytes:
        message = f"the file has {clip.bytes:,} bytes; {placement.name} takes {limits.min_bytes:,} and more"
        yield error("bytes", message, "save it at a higher quality")


def _duration(clip: Clip, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    seconds, low, high = clip.duration, limits.duration_min, limits.duration_max
    shown = f"the video runs {seconds:.2f} s"
    slack = 0.05  # a last frame, or the tail of the sound
    if seconds < low - slack or (high is not None and seconds > high + slack):
        allowed = f"{low:g} s and more" if high is None else f"{low:g} to {high:,g} s"
        yield error("duration", f"{shown}; {placement.name} takes {allowed}", "make it shorter or longer")
    elif not (advised := limits.duration_advised)[0] - slack <= seconds <= advised[1] + slack:
        message = f"{shown}; {placement.name} is best at {advised[0]:g} to {advised[1]:,g} s"
        short = "let its scenes stand longer, or add one"
        long = "make it shorter: fewer people see all of it, and some accounts cannot post it"
        yield warning("duration", message, short if seconds < advised[0] else long)


def _size(picture: Stream, placement: Placement) -> Iterator[Finding]:
    if picture.size is None:
        return
    sides = (picture.size.width, picture.size.height)
    size = Size(*reversed(sides)) if picture.turned in (90, 270) else Size(*sides)
    if picture.turned != 0:
        how = "mirrored or skewed" if picture.turned is None else f"turned by {picture.turned} degrees"
        message = f"the pictures are stored {sides[0]}×{sides[1]} and shown {how}"
        yield warning("rotation", message, "some players do not turn them; store them upright")
    if placement.max_pixels is not None and size.width * size.height > placement.max_pixels:
        message = f"the video has {size.width * size.height:,} pixels; {placement.name} takes {placement.max_pixels:,}"
        yield error("pixels", message, "make it smaller")
    yield from judge_sides(size, placement, "video")
    yield from judge_ratio(size, placement, "video")
    if picture.aspect not in (None, 1):
        message = f"pixels are {picture.aspect} as wide as high; players that ignore it show the pictures distorted"
        yield warning("pixel-aspect", message, f"make them square; {FFMPEG}setsar=1")


def _codec(picture: Stream, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    taken = tuple(dict.fromkeys((limits.codec, *limits.codecs)))
    if picture.codec not in taken:
        message = f"the video is {picture.codec}; {placement.name} takes {', '.join(taken)}"
        yield error("codec", message, f"encode it as {limits.codec}")
        return
    if picture.tag == "hev1":
        message = "the video is HEVC with its parameters in the stream ('hev1'); Apple's players refuse that"
        yield warning("codec-tag", message, "write it as 'hvc1' (ffmpeg: -tag:v hvc1)")
    yield from _profile(picture, limits, placement)
    yield from _level(picture, limits, placement)


def _profile(picture: Stream, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    if picture.codec != limits.codec:
        return
    ranks = _PROFILES.get(picture.codec, ())
    known = limits.profile in ranks and bool(picture.profile)
    if known and picture.profile not in ranks[: ranks.index(limits.profile) + 1]:
        message = f"the profile is {picture.profile}; {placement.name} is sure to play {limits.profile}"
        yield warning("profile", message, f"encode it as {limits.profile}")


def _level(picture: Stream, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    level = picture.parameters.level
    if level is None:
        return
    if picture.codec == limits.codec and level > limits.level + 0.01:
        message = f"the level is {level:.1f}; phones of {placement.name} are sure to play {limits.level:.1f}"
        yield warning("level", message, "encode fewer pixels a second, or state the level")
    if picture.codec != "h264" or picture.size is None:
        return
    blocks = -(-picture.size.width // 16) * -(-picture.size.height // 16)
    rate = blocks * (picture.timing.rate if picture.timing else 0)
    most = next((most for bound, *most in _LEVELS if level <= bound + 0.01), None)
    if most is not None and (blocks > most[1] or rate > most[0] * 1.01):
        message = f"the level {level:.1f} promises fewer pixels than there are: decoders in phones may give up"
        yield warning("level", message, "encode it again, and let the encoder choose the level")


def _format(picture: Stream, decoded: Decoded | None, limits: VideoLimits) -> Iterator[Finding]:
    chroma, depth = picture.parameters.chroma, picture.parameters.depth
    if limits.pixel_format == "yuv420p" and ((chroma and chroma != "4:2:0") or (depth or 8) != 8):
        message = f"colours are stored as {chroma} with {depth} bits; nearly all phones decode 4:2:0 with 8 bits only"
        yield warning("chroma", message, f"{FFMPEG}-pix_fmt yuv420p")
    interlaced = picture.parameters.progressive is False if decoded is None else decoded.interlaced
    if interlaced:
        yield warning("interlaced", "the pictures are interlaced: edges comb on screens", "deinterlace them")
    if decoded is not None and decoded.resized:
        yield warning("size", "the size of the pictures changes on the way", "encode all of it at one size")
    if (sets := picture.parameters.sets[0]) > 1:
        message = f"the video has {sets} sequence parameter sets: its pieces are of different kinds"
        yield warning("parameter-sets", message, "encode it in one go; many players heed the first one only")


def _colour(picture: Stream, decoded: Decoded | None, limits: VideoLimits) -> Iterator[Finding]:
    if picture.codec in ("prores", "gif") or limits.pixel_format.startswith("yuva"):
        return
    stream = picture.parameters.colour or (decoded.colour if decoded else None)
    said = picture.container_colour if stream is None or not stream.known else stream
    if said is None or not said.known:
        yield warning(
            "colour-tags",
            "the colours are not tagged: players guess, and brand colours shift",
            f"tag them as BT.709; {FFMPEG}-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv",
        )
    else:
        yield from _tags(said, stream, picture.container_colour)
    full = stream.full_range if stream is not None and stream.full_range is not None else (said and said.full_range)
    if full:
        yield warning(
            "colour-range", "black is 0 (full range): many players crush shadows", "use the range of TV, 16 to 235"
        )


def _tags(said: Colour, stream: Colour | None, container: Colour | None) -> Iterator[Finding]:
    if said.transfer in _HDR:
        message = f"the video is HDR ({_HDR[said.transfer]}): on other screens colours go pale"
        yield warning("hdr", message, "make it in BT.709")
    elif (said.primaries, said.matrix) != (BT709, BT709) or said.transfer not in _SDR_TRANSFERS:
        message = f"colours are tagged {said.primaries}/{said.transfer}/{said.matrix} (H.273); BT.709 is 1/1/1"
        yield warning("colour-tags", message, "convert it to BT.709")
    codes = [(one.primaries, one.transfer, one.matrix) for one in (stream, container) if one is not None and one.known]
    if len(set(codes)) > 1:
        message = "container and stream tag the colours differently: players disagree"
        yield warning("colour-tags", message, "write the file again")


def _transparency(picture: Stream, placement: Placement) -> Iterator[Finding]:
    if placement.transparent and not picture.transparent:
        message = f"the video is opaque; {placement.name} is laid over other pictures and would hide them"
        yield warning("alpha", message, "encode it with alpha: VP9 as yuva420p, or ProRes 4444")
    elif picture.transparent and not placement.transparent:
        yield warning("alpha", "the video is transparent in places; platforms show black there", "give it a background")


def _played(clip: Clip, limits: VideoLimits, overlay: bool) -> Iterator[Finding]:
    decoded = clip.decoded
    if decoded is None:
        return
    timing = clip.pictures[0].timing
    yield from _whole(decoded, timing.samples if timing else 0)
    if decoded.open_gop:
        message = "groups of pictures are open: after a jump or a cut the first pictures break"
        yield warning("open-gop", message, f"close them; {FFMPEG}-x264-params open-gop=0")
    if limits.b_frames == 0 and decoded.b_frames and not (timing and timing.reordered):
        yield b_frames()
    if decoded.blank and not overlay:  # an overlay comes in from nothing
        what = "black" if decoded.black else "of one colour"
        message = f"the first picture is {what}: it is what people see before they tap"
        yield warning("first-frame", message, "begin with what matters")
    for span in spans(decoded.flashes):
        yield error(
            "flashes", f"it flashes too often: {span}", "at most 3 a second, for people with epilepsy (WCAG 2.3.1)"
        )


def _whole(decoded: Decoded, samples: int) -> Iterator[Finding]:
    if decoded.problem:
        yield _damaged(decoded.problem)
    elif not decoded.complete:
        message = f"only the first {decoded.frames:,} pictures were played; what is behind them was not seen"
        yield info("unplayed", message, "look at the rest yourself")
    elif decoded.frames < samples:
        yield _damaged(f"{decoded.frames:,} of {samples:,} pictures can be decoded")

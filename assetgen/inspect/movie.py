"""Read the index of an MP4 or MOV file (`moov`): a stream of bytes goes in, a Movie of tracks comes out.

Follows ISO/IEC 14496-12 (boxes), 14496-14 (`esds`) and 14496-3 (AudioSpecificConfig). Sound and pictures are not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import BinaryIO

import numpy

from assetgen.inspect.boxes import Box, DamageError, children, content, contents, number, printable, top_boxes
from assetgen.inspect.parameters import Bits, Colour, Parameters, read_avcc, read_hvcc
from assetgen.inspect.timing import Samples
from assetgen.model import Size

# The index of a day at 60 frames a second has about 60 MB.
MOST_INDEX_BYTES = 100_000_000
MOST_SAMPLES = 6_000_000
_KINDS = {"vide": "video", "soun": "audio"}
_METADATA = {
    "©xyz": "GPS position", "loci": "GPS position", "com.apple.quicktime.location.ISO6709": "GPS position",
    "©too": "software", "©swr": "software", "©enc": "software", "©day": "date", "©ART": "author", "©aut": "author",
    "auth": "author", "©nam": "title", "titl": "title", "©cmt": "comment", "desc": "comment", "cprt": "copyright",
    "©cpy": "copyright", "©mak": "camera", "©mod": "camera", "com.apple.quicktime.make": "camera",
    "com.apple.quicktime.model": "camera", "com.apple.quicktime.software": "software",
    "com.apple.quicktime.creationdate": "date", "XMP_": "XMP",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of an edit list: `start` in the track (None: a pause) and `duration`, in seconds."""

    start: float | None
    duration: float
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Track:
    """One track of a movie. `kind` is `video`, `audio` or what the file calls it; `codec` its four letters.

    `size` is that of the coded pictures, `shown` that in the header; `turned` is how many degrees they are turned
    clockwise (None: mirrored, skewed), `aspect` the ratio of a pixel's sides; `colour` is what the container says,
    `parameters` what the stream says; `audio_kind` the MPEG-4 object type of AAC, 2 is LC.
    """

    kind: str
    codec: str
    duration: float
    edits: tuple[Edit, ...] = ()
    samples: Samples | None = None
    size: Size | None = None
    shown: Size | None = None
    turned: int | None = 0
    aspect: Fraction | None = None
    colour: Colour | None = None
    parameters: Parameters = field(default_factory=Parameters)
    audio_rate: int = 0
    audio_channels: int = 0
    audio_kind: int = 0


@dataclass(frozen=True, slots=True)
class Movie:
    """The index of a file: brand, whether the index comes before the data, whether it is in fragments, and tracks."""

    brand: str
    index_first: bool
    fragmented: bool
    tracks: tuple[Track, ...]
    metadata: tuple[str, ...] = ()


def read_movie(stream: BinaryIO, length: int) -> Movie:
    """Return the index of a file of `length` bytes; raises DamageError where it contradicts itself or has no index."""
    boxes: list[Box] = []
    for box in top_boxes(stream, length):
        if len(boxes) < 64 or box.kind in ("moov", "moof"):
            boxes.append(box)
    index = next((box for box in boxes if box.kind == "moov"), None)
    if index is None:
        raise DamageError("there is no index ('moov'): recording or copying was broken off")
    if index.length > MOST_INDEX_BYTES:
        raise DamageError(f"the index has {index.length:,} bytes, at most {MOST_INDEX_BYTES:,} are read")
    data = next((box.start for box in boxes if box.kind == "mdat"), length)
    stream.seek(boxes[0].start)
    brand = stream.read(4).decode("latin-1") if boxes[0].kind == "ftyp" else "qt  "
    stream.seek(index.start)
    moov = memoryview(stream.read(index.length))
    return Movie(
        brand=brand.strip(),
        index_first=index.start < data,
        fragmented=content(moov, "mvex") is not None or any(box.kind == "moof" for box in boxes),
        tracks=_tracks(moov),
        metadata=_metadata(moov),
    )


def _tracks(moov: memoryview) -> tuple[Track, ...]:
    header = content(moov, "mvhd")
    if header is None:
        raise DamageError("the index has no header ('mvhd')")
    scale = number(header, 20 if number(header, 0, 1) == 1 else 12, 4)
    if not scale:
        raise DamageError("the clock of the movie stands still")
    traks = contents(moov, "trak")
    counts = [_counted(one) for one in traks]
    if sum(counts) > MOST_SAMPLES:
        raise DamageError(f"the tracks have {sum(counts):,} samples, at most {MOST_SAMPLES:,} are read")
    return tuple(_track(one, scale) for one in traks)


def _counted(trak: memoryview) -> int:
    """Return how many samples of a track have entries of their own; plain sound has one size for all, and none."""
    box, same = content(trak, "mdia", "minf", "stbl", "stsz"), _one_size(trak)
    return 0 if box is None or same else number(box, 8, 4)


def _one_size(trak: memoryview) -> bool:
    """Tell whether a track of sound has samples of one size, as PCM has: 48,000 a second, and nothing to learn."""
    handler, box = content(trak, "mdia", "hdlr"), content(trak, "mdia", "minf", "stbl", "stsz")
    sound = handler is not None and bytes(handler[8:12]) == b"soun"
    return sound and box is not None and number(box, 4, 4) > 0


def _track(trak: memoryview, movie_scale: int) -> Track:
    header, handler = content(trak, "mdia", "mdhd"), content(trak, "mdia", "hdlr")
    table = content(trak, "mdia", "minf", "stbl")
    if header is None or handler is None or table is None:
        raise DamageError("a track lacks its header, its kind or its table of samples")
    wide = number(header, 0, 1) == 1
    scale = number(header, 20 if wide else 12, 4)
    if not scale:
        raise DamageError("the clock of a track stands still")
    name = bytes(handler[8:12]).decode("latin-1")
    kind = _KINDS.get(name, printable(name))
    edits = _edits(trak, movie_scale, scale)
    duration = number(header, 24 if wide else 16, 8 if wide else 4) / scale
    entry, codec = _entry(table)
    samples = None if _one_size(trak) else _samples(table, scale)
    shown, turned = _shown(trak)
    plain = Track(kind, codec, duration, edits, samples, shown=shown, turned=turned)
    if kind == "video" and entry is not None:
        return _video(plain, entry)
    return _audio(plain, entry) if kind == "audio" and entry is not None else plain


def _entry(table: memoryview) -> tuple[memoryview | None, str]:
    """Return the first description of samples (`stsd`) and its four letters."""
    description = content(table, "stsd")
    entries = children(description[8:]) if description is not None else ()
    if description is None or not entries:
        return None, ""
    start = 8 + entries[0].start
    return description[start : start + entries[0].length], printable(entries[0].kind)


def _video(plain: Track, entry: memoryview) -> Track:
    inner = entry[78:]
    parameters = Parameters()
    if (record := content(inner, "avcC")) is not None:
        parameters = read_avcc(record)
    elif (record := content(inner, "hvcC")) is not None:
        parameters = read_hvcc(record)
    size = Size(number(entry, 24, 2), number(entry, 26, 2))
    aspect = content(inner, "pasp")
    sides = (number(aspect, 0, 4), number(aspect, 4, 4)) if aspect is not None else (0, 0)
    return replace(
        plain,
        size=size,
        aspect=Fraction(*sides) if all(sides) else _stretched(plain, size),
        colour=_colour(inner),
        parameters=parameters,
    )


def _stretched(plain: Track, size: Size) -> Fraction | None:
    """Return the ratio of a pixel's sides where the header shows the pictures in another shape than they have."""
    shown = plain.shown
    if shown is None or not (size.width and size.height and shown.width and shown.height):
        return None
    ratio = Fraction(shown.width * size.height, shown.height * size.width)
    return ratio if abs(ratio - 1) > Fraction(1, 100) else None


def _colour(inner: memoryview) -> Colour | None:
    for box in contents(inner, "colr"):
        kind = bytes(box[:4])
        if kind in (b"nclx", b"nclc"):
            codes = (number(box, 4, 2), number(box, 6, 2), number(box, 8, 2))
            return Colour(*codes, bool(number(box, 10, 1) & 0x80) if kind == b"nclx" else None)
    return None


def _audio(plain: Track, entry: memoryview) -> Track:
    channels, rate = number(entry, 16, 2), number(entry, 24, 4) >> 16
    start = 28 + {1: 16, 2: 36}.get(number(entry, 8, 2), 0)  # the longer forms of QuickTime
    inner = entry[start:]
    record = content(inner, "esds")
    if record is None and content(inner, "wave") is not None:
        record = content(inner, "wave", "esds")
    kind = 0
    if record is not None and plain.codec == "mp4a":
        kind, rate, channels = _aac(record, rate, channels)
    return replace(plain, audio_rate=rate, audio_channels=channels, audio_kind=kind)


def _aac(record: memoryview, rate: int, channels: int) -> tuple[int, int, int]:
    """Return object type, samples a second and channels of AAC; SBR and PS are types of their own, 5 and 29."""
    rates = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
    config = _descriptor(record[4:])
    if config is None:
        return 0, rate, channels
    bits = Bits(config)
    kind = bits.take(5)
    kind = 32 + bits.take(6) if kind == 31 else kind
    index = bits.take(4)
    rate = bits.take(24) if index == 15 else rates[index] if index < len(rates) else rate
    layout = bits.take(4)
    # Implicit signalling: a 16-bit mark behind the plain configuration, then object type 5 and a flag.
    extended = b"".join((config, bytes(4)))
    if kind == 2 and any(_marked(extended, at) for at in range(8 * len(config))):
        kind = 5
    return kind, rate, {7: 8}.get(layout, layout) or channels


def _marked(config: bytes, at: int) -> bool:
    """Tell whether the mark of SBR (11 bits, then object type 5 and its flag) stands at a bit."""
    whole = int.from_bytes(config, "big") >> max(0, len(config) * 8 - at - 17) & 0x1FFFF
    return whole == (0x2B7 << 6 | 5 << 1 | 1)


def _descriptor(data: memoryview) -> bytes | None:
    """Return the decoder's own configuration (tag 5) inside the nested descriptors of an `esds` box."""
    at = 0
    for _ in range(16):
        if at + 2 > len(data):
            return None
        tag, at = number(data, at, 1), at + 1
        size = 0
        for _ in range(4):
            byte, at = number(data, at, 1), at + 1
            size = size << 7 | byte & 0x7F
            if not byte & 0x80:
                break
        if tag == 5:
            return bytes(data[at : at + size])
        at += {3: 3, 4: 13}.get(tag, size)  # tags 3 and 4 hold the others behind their own fields
    return None


def _shown(trak: memoryview) -> tuple[Size | None, int | None]:
    """Return the size that the header shows the pictures at, and how many degrees it turns them (None: otherwise)."""
    header = content(trak, "tkhd")
    if header is None:
        return None, 0
    at = 52 if number(header, 0, 1) == 1 else 40
    a, b, c, d = (number(header, at + step, 4, signed=True) >> 16 for step in (0, 4, 12, 16))
    turned = {(1, 0, 0, 1): 0, (0, 1, -1, 0): 90, (-1, 0, 0, -1): 180, (0, -1, 1, 0): 270}.get((a, b, c, d))
    return Size(number(header, at + 36, 4) >> 16, number(header, at + 40, 4) >> 16), turned


def _edits(trak: memoryview, movie_scale: int, scale: int) -> tuple[Edit, ...]:
    table = content(trak, "edts", "elst")
    if table is None:
        return ()
    size = 8 if number(table, 0, 1) == 1 else 4
    found = []
    for entry in range(min(number(table, 4, 4), (len(table) - 8) // (2 * size + 4))):
        at = 8 + entry * (2 * size + 4)
        start = number(table, at + size, size, signed=True)
        speed = number(table, at + 2 * size, 2, signed=True)
        found.append(Edit(None if start < 0 else start / scale, number(table, at, size) / movie_scale, speed))
    return tuple(found)


def _samples(table: memoryview, scale: int) -> Samples | None:
    """Return times, sizes and key frames of a track, or None where its index is empty, as in files of fragments."""
    sizes = _sizes(table)
    if sizes is None or len(sizes) == 0:
        return None
    steps = _runs(table, "stts", len(sizes), signed=False)
    if steps is None:
        raise DamageError("a track has samples without times")
    times = numpy.concatenate(([0], numpy.cumsum(steps[:-1])))
    offsets = _runs(table, "ctts", len(sizes), signed=True)
    if offsets is not None:
        times = times + offsets
    marks = content(table, "stss")
    keys = numpy.zeros(0, numpy.int64)
    if marks is not None:
        keys = _numbers(marks, 8, number(marks, 4, 4)).astype(numpy.int64) - 1
        keys = keys[(keys >= 0) & (keys < len(sizes))]
    elif content(table, "stsd") is not None:
        keys = numpy.arange(len(sizes))  # without the table every sample is one
    return Samples(times / scale, sizes, keys, float(steps[-1]) / scale, 1 / scale)


def _sizes(table: memoryview) -> numpy.ndarray | None:
    box = content(table, "stsz")
    if box is None:
        return None
    same, count = number(box, 4, 4), number(box, 8, 4)
    return numpy.full(count, same, numpy.int64) if same else _numbers(box, 12, count).astype(numpy.int64)


def _runs(table: memoryview, name: str, count: int, signed: bool) -> numpy.ndarray | None:
    """Return the values of a table of runs (how often, what), one a sample; short tables are filled with their last."""
    box = content(table, name)
    entries = number(box, 4, 4) if box is not None else 0
    if box is None or not entries:
        return None
    pairs = _numbers(box, 8, entries * 2).reshape(-1, 2)
    ends = numpy.cumsum(pairs[:, 0].astype(numpy.int64))
    values: numpy.ndarray = pairs[:, 1].astype(numpy.int32 if signed else numpy.int64).astype(numpy.int64)
    places = numpy.searchsorted(ends, numpy.arange(count), side="right").clip(0, entries - 1)
    return numpy.asarray(values[places])


def _numbers(box: memoryview, at: int, count: int) -> numpy.ndarray:
    if at + count * 4 > len(box):
        raise DamageError(f"a table of {count:,} numbers has room for {max(0, (len(box) - at) // 4):,}")
    return numpy.frombuffer(box, ">u4", count, at).astype(numpy.uint32)


def _metadata(moov: memoryview) -> tuple[str, ...]:
    """Return what is stored beside the tracks and tells who, where, when or with what."""
    names: list[str] = []
    tracks = contents(moov, "trak")
    for holder in (moov, *tracks):
        data = content(holder, "udta")
        names += [box.kind for box in children(data)] if data is not None else []
        for meta in (content(holder, "meta"), content(data, "meta") if data is not None else None):
            names += _items(meta) if meta is not None else []
    found = [_METADATA[name] for name in names if name in _METADATA]
    for header in (content(moov, "mvhd"), *(content(one, "mdia", "mdhd") for one in tracks)):
        if header is not None and number(header, 4, 8 if number(header, 0, 1) == 1 else 4):
            found.append("date")
    return tuple(dict.fromkeys(found))


def _items(meta: memoryview) -> list[str]:
    """Return the names of the items and keys in a `meta` box, of ISO with its version in front, or of QuickTime."""
    meta = meta if bytes(meta[4:8]) == b"hdlr" else meta[4:]
    names = [box.kind for table in contents(meta, "ilst") for box in children(table)]
    for table in contents(meta, "keys"):
        for key in contents(table[8:], "mdta"):
            names.append(bytes(key).decode("utf-8", "replace"))
    return names

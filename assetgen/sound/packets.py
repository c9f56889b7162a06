"""Encode sound for a video: samples go in; AAC packets with their times, ready to be muxed, come out.

AAC begins with 1024 samples of priming: the first packet decodes to nothing of the sound, the second to what was put in
first. An edit list could tell players to leave the first one out, but several platforms refuse edit lists. So the first
1024 samples (21 ms, less than a frame of video) of the sound are left out instead: the priming stands where they would,
and every later sample is heard at its own time by every player that plays the packets from the first one, as files
without edit lists are to be played. (One that skips priming unasked, 2112 samples as QuickTime did, is 44 ms early.)
Times begin at 0, so that no muxer has a reason to write an edit list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assetgen.errors import SoundError
from assetgen.sound.mixing import MARGIN, TRUE_PEAK, normalised
from assetgen.sound.value import RATE, Samples, Sound

if TYPE_CHECKING:
    from av import AudioCodecContext, Packet
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

FRAME = 1024
PRIMING = FRAME
BITRATE = 128_000
CODEC: Final = "aac"
# So often at most is a sound encoded, until it is as loud as it was and its peaks are low enough.
ROUNDS = 4
# A loss of loudness below this, in LU, is left as it is.
NEAR = 0.5
# AAC codec flags of FFmpeg: decoders get their setup beside the packets, and no name of a library stands in them.
GLOBAL_HEADER, BIT_EXACT = 1 << 22, 1 << 23


@dataclass(frozen=True)
class EncodedSound:
    """AAC-LC, 48 kHz stereo: the packets in order, each `FRAME` samples long, the first at time 0.

    `extradata` is the AudioSpecificConfig; `sound` is what was encoded, perhaps limited or raised a little.
    """

    extradata: bytes
    packets: tuple[bytes, ...]
    bitrate: int
    sound: Sound
    priming: int = PRIMING

    @property
    def seconds(self) -> float:
        """Return the length of the track, whole packets."""
        return len(self.packets) * FRAME / RATE

    def without_samples(self) -> EncodedSound:
        """Return the packets alone: of a long film, what was encoded takes as much memory as all else."""
        return replace(self, sound=Sound(np.zeros((0, 2), np.float32)))

    def add_to(self, container: OutputContainer) -> AudioStream:
        """Add a stream for the packets to a file that is written, before its first packet of any kind is muxed.

        The file is opened with the muxer's option `use_editlist=0`, since FFmpeg would write one otherwise.
        """
        stream = container.add_stream(CODEC, rate=RATE)
        _set_up(stream.codec_context, self.bitrate)
        return stream

    def muxed(self, stream: AudioStream) -> Iterator[Packet[Any]]:
        """Yield the packets with their times, in units of one sample, for a stream of `add_to`."""
        from av import Packet

        for number, data in enumerate(self.packets):
            packet: Packet[Any] = Packet(data)
            packet.stream, packet.time_base = stream, Fraction(1, RATE)
            packet.pts = packet.dts = number * FRAME
            packet.duration = FRAME
            packet.is_keyframe = True
            yield packet


def aac_packets(sound: Sound, bitrate: int = BITRATE, true_peak: float = TRUE_PEAK) -> EncodedSound:
    """Encode a sound as AAC-LC with FFmpeg's own encoder, as loud as it is and, decoded, below a true peak in dBTP.

    What is encoded is decoded and measured: where peaks have grown too high, or hiss was lost that made it louder, the
    sound is limited or raised a little and encoded again. Raises SoundError for a sound without samples.
    """
    if not len(sound.samples):
        raise SoundError("there is no sound to encode: not one sample")
    loudness, ceiling, kept = sound.loudness, true_peak, sound
    for _ in range(ROUNDS):
        made = _encoded(kept, bitrate)
        heard = Sound(decoded(made))
        over, missing = heard.true_peak - true_peak, sound.loudness - heard.loudness
        if over <= 0 and missing <= NEAR:
            break
        ceiling -= over + MARGIN / 2 if over > 0 else 0
        loudness += missing if missing > NEAR else 0
        kept = normalised(sound, loudness, ceiling)
    return made


def decoded(encoded: EncodedSound) -> Samples:
    """Return what a player makes of the packets, priming included."""
    from av import CodecContext, Packet

    context = CodecContext.create(CODEC, "r")
    context.extradata = encoded.extradata
    frames = [frame for data in encoded.packets for frame in context.decode(Packet(data))]
    frames += context.decode(None)
    planes = [np.asarray(frame.to_ndarray(), np.float32).T for frame in frames]
    return np.concatenate(planes) if planes else np.zeros((0, 2), np.float32)


def _encoded(sound: Sound, bitrate: int) -> EncodedSound:
    from av import AudioFrame, CodecContext

    context = CodecContext.create(CODEC, "w")
    _set_up(context, bitrate)
    context.flags |= GLOBAL_HEADER
    context.open()
    count = -(-len(sound.samples) // FRAME)
    planes = np.zeros((2, max(count - 1, 1) * FRAME), np.float32)
    heard = sound.samples[PRIMING : PRIMING + planes.shape[1]]
    planes[:, : len(heard)] = heard.T
    packets: list[bytes] = []
    for start in range(0, planes.shape[1], FRAME):
        part = np.ascontiguousarray(planes[:, start : start + FRAME])
        frame = AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        packets += map(bytes, context.encode(frame))
    packets += map(bytes, context.encode(None))
    return EncodedSound(bytes(context.extradata or b""), tuple(packets), bitrate, sound)


def _set_up(context: AudioCodecContext, bitrate: int) -> None:
    context.sample_rate, context.layout, context.format = RATE, "stereo", "fltp"
    context.bit_rate, context.time_base = bitrate, Fraction(1, RATE)
    context.thread_count = 1
    context.flags |= BIT_EXACT

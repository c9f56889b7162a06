"""Hold a frame as encoders take it: luma, and both chromas at half the size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from assetgen.model import Frame
from assetgen.video.colour import video_pixels


@dataclass(frozen=True, slots=True)
class Planes:
    """One frame: luma, and both chromas at half the size, as arrays of bytes."""

    luma: numpy.ndarray
    blue: numpy.ndarray
    red: numpy.ndarray


def planes_of(frame: Frame) -> Planes:
    """Return the planes of an opaque frame with even sides; each chroma is the mean of four pixels."""
    video = video_pixels(frame.array)
    height, width, _ = video.shape
    chroma = video.reshape(height // 2, 2, width // 2, 2, 4)[..., 1:3].astype(numpy.uint16).sum((1, 3))
    halved = ((chroma + 2) // 4).astype(numpy.uint8)
    return Planes(
        numpy.ascontiguousarray(video[..., 0]),
        numpy.ascontiguousarray(halved[..., 0]),
        numpy.ascontiguousarray(halved[..., 1]),
    )

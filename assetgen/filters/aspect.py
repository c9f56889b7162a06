"""Tell how many times as wide as high a picture is: `{{ photo | aspect }}`, `{{ aspect("logo:primary") }}`.

A layout uses it to compose a photo that lies or stands differently, and the kit to give logos in a row equal weight.
Options: none.
"""

from __future__ import annotations

from assetgen.errors import LayoutError, Place
from assetgen.model import Photo
from assetgen.pictures import picture_ratio
from assetgen.template import FilterKit

SAMPLE = "{{ 'tall' if photo is defined and aspect(photo) < 1 else 'wide' }}"


def apply(value: object, kit: FilterKit) -> float:
    """Return width divided by height; raises LayoutError when the name means no picture."""
    photo = find_photo(value, kit)
    return round(picture_ratio(photo.data, Place(photo.name)), 4)


def find_photo(value: object, kit: FilterKit) -> Photo:
    """Return the picture that an `src` of a template names; raises LayoutError when there is none."""
    photo = kit.picture(str(value))
    if photo is None:
        raise LayoutError(f"'{str(value)[:60]}' names no picture", hint="a field of type image, logo:NAME or art:NAME")
    return photo

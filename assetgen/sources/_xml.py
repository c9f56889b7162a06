"""Read the XML inside office files: parts of a zip go in; elements come out, whatever their namespace."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from assetgen.errors import DataError, Place, SecurityError


def parsed(archive: zipfile.ZipFile, name: str, place: Place) -> Any:
    """Return the root of a part; None when there is no such part.

    Raises SecurityError when it declares entities, DataError when it is damaged.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(archive.read(name), forbid_dtd=True)
    except KeyError:
        return None
    except DefusedXmlException as error:
        raise SecurityError(f"{name} in the file declares XML entities: refused", place) from error
    except (ParseError, ValueError) as error:
        raise DataError(f"{name} in the file is damaged: {error}", place) from error


def elements(part: bytes, name: str, place: Place) -> Iterator[Any]:
    """Yield the elements of a name as they end, and empty them then, so that a long part takes no more memory.

    Raises SecurityError when the part declares entities, DataError when it is damaged.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    try:
        for _, element in iterparse(io.BytesIO(part), events=("end",), forbid_dtd=True):
            if plain_name(element) == name:
                yield element
                element.clear()
    except DefusedXmlException as error:
        raise SecurityError("the file declares XML entities: refused", place) from error
    except (ParseError, ValueError) as error:
        raise DataError(f"a part of the file is damaged: {error}", place) from error


def plain_name(element: Any) -> str:
    """Return the name of an element without its namespace; nothing for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def local(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute by its name without its namespace."""
    return next((value for key, value in attributes.items() if key.rpartition("}")[2] == name), "")


def named(root: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name, whatever their namespace."""
    return (element for element in root.iter() if plain_name(element) == name)

"""A layout can refuse to be made, and says why."""

import pytest

from assetgen import make
from assetgen.errors import FieldError
from assetgen.layout import Layout


def test_a_ranking_refuses_a_region_that_is_not_there():
    """A misspelt highlight would silently mark nobody."""
    data = {**Layout.load("ranking").example()["id"], "highlight": "Kota Sagra"}
    with pytest.raises(FieldError, match="highlight names 'Kota Sagra', which is not among the items"):
        make(layout="ranking", brand="lentera", placement="x/post", data=data)

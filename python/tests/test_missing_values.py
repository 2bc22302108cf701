"""shm.missing: each letter is itself again in Stata's own bits."""

import math
import string

import numpy as np
import pytest

import shm
from shm.errors import InvalidInputError


def test_every_letter_reaches_the_image(tmp_path):
    letters = [".", *(f".{letter}" for letter in string.ascii_lowercase)]
    values = np.array([shm.missing(letter) for letter in letters])
    assert np.isnan(values).all()
    data = {"x": values, "y": values.astype("float32")}
    shm.write(data, tmp_path / "a.dta")
    for name in data:
        back = shm.read(tmp_path / "a.dta", as_="dict", missing="letters")
        assert back[f"{name}_missing"].tolist() == [None, *letters[1:]]


def test_dots_are_optional():
    assert math.isnan(shm.missing())
    pairs = [(shm.missing("c"), shm.missing(".c")), (shm.missing("."), shm.missing(""))]
    for one, other in pairs:
        assert np.float64(one).tobytes() == np.float64(other).tobytes()


@pytest.mark.parametrize("letter", ["A", "aa", "..", ".1", None, 1])
def test_what_is_no_missing_value(letter):
    with pytest.raises(InvalidInputError, match=r"'\.a' to '\.z'"):
        shm.missing(letter)

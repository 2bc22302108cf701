"""Zeroes what a tagged .dta image holds and means nothing by, for comparing images.

Knows the format from docs/dta-format.md alone and shares no code with the codec: little
endian, releases 117 to 119. Slack is what follows a NUL in a field or a str# cell, the
sort list behind its 0, the padding of value-label sets, and bytes behind `</stata_dta>`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Widths:
    """Bytes of the fields that differ between releases."""

    count: int  # K
    observations: int  # N
    label_prefix: int
    name: int
    sort: int
    form: int
    label: int
    o: int  # of the observation in front of a strL


WIDTHS = {
    117: Widths(2, 4, 1, 33, 2, 49, 81, 4),
    118: Widths(2, 8, 2, 129, 2, 57, 321, 8),
    119: Widths(4, 8, 2, 129, 4, 57, 321, 8),
}
NUMERIC = {65530: 1, 65529: 2, 65528: 4, 65527: 4, 65526: 8, 32768: 8}
MAP_ENTRIES = 14


class Walk:
    """The image from front to back, into a copy whose slack is zero."""

    def __init__(self, image: bytes) -> None:
        self.image, self.out, self.at = image, bytearray(), 0

    def keep(self, count: int) -> bytes:
        kept = self.image[self.at : self.at + count]
        assert len(kept) == count, f"the image ends within {count} bytes at {self.at}"
        self.out += kept
        self.at += count
        return kept

    def number(self, width: int) -> int:
        return int.from_bytes(self.keep(width), "little")

    def tag(self, text: str) -> None:
        assert self.keep(len(text)) == text.encode(), f"no {text} before {self.at}"

    def field(self, width: int) -> None:
        """Keep a text and zero what follows its NUL."""
        stored = self.image[self.at : self.at + width]
        self.replace(stored.split(b"\0")[0].ljust(width, b"\0"))

    def replace(self, new: bytes) -> None:
        self.out += new
        self.at += len(new)

    def next_is(self, text: bytes) -> bool:
        return self.image.startswith(text, self.at)


def without_slack(image: bytes) -> bytes:
    """Return the image with its slack zeroed and the map's entry 7 filled in."""
    walk = Walk(image)
    walk.tag("<stata_dta><header><release>")
    widths = WIDTHS[int(walk.keep(3))]
    walk.tag("</release><byteorder>LSF</byteorder><K>")
    count = walk.number(widths.count)
    walk.tag("</K><N>")
    rows = walk.number(widths.observations)
    walk.tag("</N><label>")
    walk.keep(walk.number(widths.label_prefix))
    walk.tag("</label><timestamp>")
    walk.keep(walk.number(1))
    walk.tag("</timestamp></header><map>")
    map_at = walk.at
    walk.keep(8 * MAP_ENTRIES)
    walk.tag("</map><variable_types>")
    types = [walk.number(2) for _ in range(count)]
    walk.tag("</variable_types>")
    fields(walk, "varnames", count, widths.name)
    sort_list(walk, count, widths.sort)
    fields(walk, "formats", count, widths.form)
    fields(walk, "value_label_names", count, widths.name)
    labels_at = walk.at
    fields(walk, "variable_labels", count, widths.label)
    # Early Stata 13 left this entry 0.
    walk.out[map_at + 7 * 8 : map_at + 8 * 8] = labels_at.to_bytes(8, "little")
    characteristics(walk, widths)
    walk.tag("<data>")
    for _ in range(rows):
        for code in types:
            walk.keep(NUMERIC[code]) if code in NUMERIC else walk.field(code)
    walk.tag("</data><strls>")
    while walk.next_is(b"GSO"):
        walk.keep(3 + 4 + widths.o + 1)
        walk.keep(walk.number(4))
    walk.tag("</strls><value_labels>")
    label_sets(walk, widths)
    walk.tag("</value_labels></stata_dta>")
    return bytes(walk.out)


def fields(walk: Walk, tag: str, count: int, width: int) -> None:
    walk.tag(f"<{tag}>")
    for _ in range(count):
        walk.field(width)
    walk.tag(f"</{tag}>")


def sort_list(walk: Walk, count: int, width: int) -> None:
    walk.tag("<sortlist>")
    for left in range(count, -1, -1):
        if walk.number(width) == 0:
            walk.replace(bytes(left * width))
            break
    walk.tag("</sortlist>")


def characteristics(walk: Walk, widths: Widths) -> None:
    walk.tag("<characteristics>")
    while walk.next_is(b"<ch>"):
        walk.keep(4)
        length = walk.number(4)
        walk.field(widths.name)
        walk.field(widths.name)
        walk.keep(length - 2 * widths.name)
        walk.tag("</ch>")
    walk.tag("</characteristics>")


def label_sets(walk: Walk, widths: Widths) -> None:
    while walk.next_is(b"<lbl>"):
        walk.keep(5)
        length = walk.number(4)
        walk.field(widths.name)
        walk.replace(bytes(3))
        walk.keep(length)
        walk.tag("</lbl>")

"""Pictures are decoded in bounded memory, one at a time, and their sizes are read without decoding them."""

import os
import subprocess
import sys
import threading
from io import BytesIO

import pytest
from PIL import Image

from site_core.media.decoding import UnreadablePicture, one_at_a_time, plain_copy, size_of
from tests.media.sent_files import Content, cut_off, from_a_phone, noisy, picture

MEGABYTE = 1024
# In kilobytes, how far a process rises above what it has before while it decodes. Linux forgets the peak until then.
PEAK = """
import re, sys
from io import BytesIO
from pathlib import Path
import django
django.setup()
from site_core.media.decoding import UnreadablePicture, plain_copy
def memory(name):
    return int(re.search(name + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
file = BytesIO(sys.stdin.buffer.read())
Path("/proc/self/clear_refs").write_text("5")
before = memory("VmRSS")
try:
    copy = plain_copy(file, 1600)
    print("taken", memory("VmHWM") - before)
except UnreadablePicture:
    print("refused", memory("VmHWM") - before)
"""


def peak_of(content: bytes) -> tuple[str, int]:
    """Whether a process of its own takes the picture, and the megabytes it needs for it."""
    said = subprocess.run(
        [sys.executable, "-c", PEAK], input=content, env=os.environ, capture_output=True, check=True
    ).stdout.decode()
    outcome, kilobytes = said.split()
    return outcome, int(kilobytes) // MEGABYTE


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("content", "outcome", "most"),
    [
        (lambda: picture("PNG", (7_740, 7_740), "1"), "refused", 10),
        (lambda: picture("JPEG", (8_000, 6_000), progressive=True), "refused", 10),
        (lambda: picture("JPEG", (8_000, 6_000)), "taken", 150),
        (lambda: picture("PNG", (5_000, 4_000), "RGBA"), "taken", 260),
        (lambda: picture("WEBP", (5_000, 4_000), "RGBA"), "taken", 340),
        (lambda: picture("JPEG", (5_000, 4_000), progressive=True), "taken", 260),
    ],
    ids=["60 MP PNG", "48 MP progressive JPEG", "48 MP JPEG", "20 MP PNG", "20 MP WebP", "20 MP progressive JPEG"],
)
def test_memory_is_bounded(content: Content, outcome: str, most: int) -> None:
    found, megabytes = peak_of(content())
    assert found == outcome
    assert megabytes < most


def test_a_large_photo_of_a_phone_is_taken_at_half_its_size() -> None:
    copy = plain_copy(BytesIO(picture("JPEG", (8_000, 6_000))), 1600)
    assert copy.size == (1600, 1200)


def test_the_size_is_read_from_the_header_alone() -> None:
    assert size_of(BytesIO(cut_off(noisy("JPEG")))) == (400, 300)
    assert size_of(BytesIO(picture("PNG", (10_000, 6_000), "1"))) == (10_000, 6_000)
    assert size_of(BytesIO(from_a_phone())) == (400, 600)
    with pytest.raises(UnreadablePicture):
        size_of(BytesIO(b"no picture"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    """The corner that is marked in the file is where Pillow's own function puts it."""
    drawn = Image.new("RGB", (30, 20), "white")
    drawn.paste("red", (0, 0, 10, 10))
    notes = Image.Exif()
    notes[274] = orientation
    file = BytesIO()
    drawn.save(file, "PNG", exif=notes)
    copy = plain_copy(file, 1600)
    transposed = {
        1: (0, 0),
        2: (29, 0),
        3: (29, 19),
        4: (0, 19),
        5: (0, 0),
        6: (19, 0),
        7: (19, 29),
        8: (0, 29),
    }
    assert copy.size == size_of(file)
    assert copy.getpixel(transposed[orientation]) == (255, 0, 0)


def test_one_picture_at_a_time_is_decoded() -> None:
    done = threading.Event()

    def decode() -> None:
        plain_copy(BytesIO(picture()), 1600)
        done.set()

    thread = threading.Thread(target=decode)
    with one_at_a_time():
        thread.start()
        assert not done.wait(0.3)
    assert done.wait(10)
    thread.join()

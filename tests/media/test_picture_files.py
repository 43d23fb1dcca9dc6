"""Rendition files look right, whatever was uploaded."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from site_core.media.images import SiteImage
from site_core.media.pictures import CUT, WHOLE, filters_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

RED = (255, 0, 0)


def files_of(image: SiteImage, shape: str = WHOLE) -> dict[str, Image.Image]:
    """The largest file of each format."""
    image.refresh_from_db()
    opened: dict[str, Image.Image] = {}
    for rendition in image.get_renditions(*filters_of(image, shape)).values():
        with rendition.file.open() as file:
            picture = Image.open(BytesIO(file.read()))
            picture.load()
        largest = opened.get(str(picture.format))
        if largest is None or largest.width < picture.width:
            opened[str(picture.format)] = picture
    return opened


def color_at(picture: Image.Image, x: float, y: float) -> Any:
    """The color at a fraction of the width and of the height."""
    return picture.convert("RGBA").getpixel((int(picture.width * x), int(picture.height * y)))


def is_like(color: Any, expected: tuple[int, ...], *, by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(color, expected, strict=False))


def test_the_focal_point_stays_in_the_crop() -> None:
    image = factories.SiteImageFactory(file=factories.drawn_picture(600, 900, mark=(280, 20, 320, 60)))
    for focal_point, is_seen in (((300, 40), True), ((300, 800), False)):
        image.focal_point_x, image.focal_point_y = focal_point
        image.focal_point_width = image.focal_point_height = 40
        image.save()
        colors = [is_like(color_at(file, 0.5, 0.05), RED, by=60) for file in files_of(image, CUT).values()]
        assert colors == [is_seen] * 3


def test_the_focal_point_of_a_large_picture_is_where_it_was_set() -> None:
    image = factories.SiteImageFactory(
        file=factories.drawn_picture(2000, 2800, mark=(900, 2500, 1100, 2700)),
        focal_point_x=1000,
        focal_point_y=2600,
        focal_point_width=200,
        focal_point_height=200,
    )
    for file in files_of(image, CUT).values():
        assert any(is_like(color_at(file, 0.5, y / 100), RED, by=60) for y in range(0, 100, 2))


def test_a_picture_taken_sideways_stands_upright() -> None:
    """EXIF orientation 6: the left edge of the file is the top."""
    image = factories.SiteImageFactory(file=factories.drawn_picture(900, 600, mark=(0, 0, 200, 600), orientation=6))
    for file in files_of(image).values():
        assert file.width < file.height
        assert is_like(color_at(file, 0.5, 0.05), RED, by=60)
        assert not file.getexif().get(274)


def test_print_colors_are_converted_to_rgb() -> None:
    image = factories.SiteImageFactory(file=factories.drawn_picture(mode="CMYK", ground=(0, 255, 255, 0)))
    files = files_of(image)
    assert set(files) == {"AVIF", "WEBP", "JPEG"}
    for file in files.values():
        assert file.mode == "RGB"
        assert is_like(color_at(file, 0.5, 0.5), RED)


def test_sixteen_bits_keep_their_middle_gray() -> None:
    image = factories.SiteImageFactory(file=factories.drawn_picture(mode="I;16", ground=32768, name="gray.png"))
    for file in files_of(image).values():
        assert is_like(color_at(file, 0.5, 0.5), (128, 128, 128))


def test_transparent_parts_stay_transparent() -> None:
    picture = factories.drawn_picture(mode="RGBA", ground=(0, 0, 0, 0), mark=(0, 0, 50, 50), name="chart.png")
    files = files_of(factories.SiteImageFactory(file=picture))
    assert set(files) == {"AVIF", "WEBP", "PNG"}
    for file in files.values():
        assert color_at(file, 0.5, 0.5)[3] == 0
        assert color_at(file, 0.02, 0.02)[3] == 255


def test_of_an_animation_the_first_frame_is_shown() -> None:
    first, second = Image.new("RGB", (300, 200), "red"), Image.new("RGB", (300, 200), "blue")
    file = BytesIO()
    first.save(file, "GIF", save_all=True, append_images=[second], duration=100)
    image = factories.SiteImageFactory(file=ContentFile(file.getvalue(), "moving.gif"))
    for shown in files_of(image).values():
        assert getattr(shown, "n_frames", 1) == 1
        assert is_like(color_at(shown, 0.5, 0.5), RED)


@pytest.mark.parametrize("colors", ["sRGB", "LAB"])
def test_a_color_profile_that_does_not_fit_is_ignored(colors: Any) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(colors)).tobytes()
    file = BytesIO()
    Image.new("RGB", (300, 200), "red").save(file, "JPEG", icc_profile=profile)
    image = factories.SiteImageFactory(file=ContentFile(file.getvalue(), "photo.jpg"))
    for shown in files_of(image).values():
        assert is_like(color_at(shown, 0.5, 0.5), RED)


def test_the_admin_shows_whatever_was_uploaded() -> None:
    for mode, ground, name in (("CMYK", (0, 255, 255, 0), "a.jpg"), ("I;16", 32768, "b.png"), ("P", 3, "c.gif")):
        image = factories.SiteImageFactory(file=factories.drawn_picture(mode=mode, ground=ground, name=name))
        assert image.get_rendition("max-165x165").width == 165

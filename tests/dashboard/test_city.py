"""The map of the city: where places stand, which names fit, what signs say."""

from itertools import combinations
from math import hypot
from xml.etree import ElementTree as ET

import pytest

from dashboard.charts.city.apart import apart
from dashboard.charts.city.labels import Circle, other_labels, sure_labels
from dashboard.charts.city.outline import EDGE
from dashboard.charts.city.picture import (
    NARROW,
    SMALL,
    WIDE,
    Look,
    Spot,
    city_map,
    city_picture,
    gap_words,
)
from dashboard.drawing import Drawing
from dashboard.place_spots import bezirke_on_map, stadtteile_on_map
from data.places import read_stadtteile

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = (WIDE, SMALL, NARROW)


def test_hamburg_has_104_stadtteile_and_7_bezirke() -> None:
    assert len(read_stadtteile()) == 104
    assert len(bezirke_on_map()) == 7
    alone = {each.name for each in stadtteile_on_map()} - {each.name for each in read_stadtteile()}
    assert alone == {"Altona", "Hamburg-Mitte", "Hamburg-Nord"}


def test_a_stadtteil_stands_in_its_own_middle_and_not_in_that_of_its_bezirk() -> None:
    middle = {each.name: (each.lat, each.lon) for each in read_stadtteile()}
    bezirk = {each.name: (each.lat, each.lon) for each in bezirke_on_map()}
    assert middle["Wandsbek"] != bezirk["Wandsbek"]


def test_every_place_but_the_island_lies_within_the_city_s_edge() -> None:
    for each in stadtteile_on_map():
        assert _inside(each.lat, each.lon) is (each.name != "Neuwerk"), each.name


def test_directions_stay_and_the_middle_is_larger() -> None:
    at = WIDE.frame.at
    (x1, y1), (x2, y2) = at(53.55, 9.99), at(53.56, 10.01)
    assert x1 < x2
    assert y1 > y2
    (_, near), (_, nearer) = at(53.56, 9.995), at(53.57, 9.995)
    (_, far), (_, farther) = at(53.72, 9.995), at(53.73, 9.995)
    assert near - nearer > 1.8 * (far - farther)


def test_circles_end_beside_each_other_the_same_way_each_time() -> None:
    homes = [(10.0 * (step % 7), 9.0 * (step // 7)) for step in range(40)]
    radii = [4.0 + step % 5 for step in range(40)]
    found = apart(homes, radii)
    for (one, r1), (other, r2) in combinations(zip(found, radii, strict=True), 2):
        assert hypot(one[0] - other[0], one[1] - other[1]) > r1 + r2 - 1.5
    assert found == apart(homes, radii)


def test_circles_apart_stay_where_they_are_and_on_one_spot_they_part() -> None:
    assert apart([(0.0, 0.0), (50.0, 0.0)], [5.0, 5.0]) == [
        (0.0, 0.0),
        pytest.approx((50.0, 0.0), abs=0.01),
    ]
    (x1, y1), (x2, y2) = apart([(5.0, 5.0), (5.0, 5.0)], [6.0, 6.0])
    assert hypot(x1 - x2, y1 - y2) > 10
    assert apart([], []) == []


def test_circles_make_room_for_a_name() -> None:
    box = (20.0, 40.0, 80.0, 55.0)
    homes = [(10.0 + 6 * step, 47.0 + step % 3) for step in range(12)]
    for x, y in apart(homes, [4.0] * 12, [box]):
        across, down = x - min(max(x, 20.0), 80.0), y - min(max(y, 40.0), 55.0)
        assert hypot(across, down) >= 4.0 - 0.01


def test_names_cover_neither_each_other_nor_other_circles() -> None:
    row = [Circle(f"Ort {step}", 60.0 + 26 * step, 50.0, 10.0) for step in range(5)]
    named = other_labels(row[:1] + row[3:], [], 9, 13.0, (0, 0, 300, 100))
    assert [each.name for each in named] == ["Ort 0", "Ort 3", "Ort 4"]
    assert named[0].anchor == "start"
    for one, other in combinations([each.box(13.0) for each in named], 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_name_that_fits_nowhere_is_left_out_unless_it_has_to_stand() -> None:
    crowd = [
        Circle("Mitte" if (x, y) == (0, 0) else f"{x}-{y}", 50.0 + 18 * x, 50.0 + 18 * y, 9.0)
        for x in range(-2, 3)
        for y in range(-2, 3)
    ]
    paper = (0.0, 0.0, 100.0, 100.0)
    assert "Mitte" not in {each.name for each in other_labels(crowd, [], 30, 13.0, paper)}
    assert [each.name for each in sure_labels(crowd, ["Mitte"], 13.0, paper)] == ["Mitte"]


def test_choosing_a_place_moves_no_circle_and_shows_its_name() -> None:
    spots = [_spot(each.name, 1 + index % 9, 0) for index, each in enumerate(read_stadtteile())]
    spots.sort(key=lambda each: -each.posts)
    before, after = (_tree(city_map(spots, WIDE, "Karte", chosen)) for chosen in ("", "Cranz"))
    assert _circles(before) == _circles(after)
    names = [[each.text for each in tree.iter(f"{SVG}text")] for tree in (before, after)]
    assert "Cranz" in names[1]


@pytest.mark.parametrize("look", LOOKS)
def test_a_place_with_posts_is_a_link_and_one_without_is_a_dot(look: Look) -> None:
    spots = [_spot("Altona", 5, 2), _spot("Horn", 1, None), _spot("Cranz", 0, None)]
    svg = _tree(city_map(spots, look, "Karte"))
    assert [each.get("aria-label") for each in svg.iter(f"{SVG}a")] == ["Altona!", "Horn!"]
    dots = next(each for each in svg.iter(f"{SVG}g") if each.get("class") == "silent")
    assert [each.text for each in dots.iter(f"{SVG}title")] == ["Cranz!"]


def test_the_gap_is_said_by_class_sign_and_words_and_not_by_colour_alone() -> None:
    spots = [
        _spot("Altona", 9, 4),
        _spot("Horn", 9, -1),
        _spot("Hamm", 9, 0),
        _spot("Lurup", 9, None),
    ]
    svg = _tree(city_map(spots, WIDE, "Karte"))
    links = {each.get("aria-label"): each for each in svg.iter(f"{SVG}a")}
    assert {name: link.get("class") for name, link in links.items()} == {
        "Altona!": "spot spot-need strong",
        "Horn!": "spot spot-offer",
        "Hamm!": "spot",
        "Lurup!": "spot",
    }
    signs = {name: [each.text for each in link.iter(f"{SVG}text")] for name, link in links.items()}
    assert signs == {"Altona!": ["+4"], "Horn!": ["−1"], "Hamm!": ["="], "Lurup!": []}
    assert [gap_words(each) for each in (3, -2, 0)] == ["+3", "−2", "="]


def test_a_bezirk_among_stadtteile_is_a_square_and_the_chosen_place_is_marked() -> None:
    square = Spot("Altona", 53.56, 9.9, 4, 1, "Altona!", "?ort=Altona#ort", square=True)
    svg = _tree(city_map([square], WIDE, "Karte", chosen="Altona"))
    link = next(svg.iter(f"{SVG}a"))
    assert link.get("aria-current") == "true"
    assert [each.get("class") for each in link.iter(f"{SVG}rect")] == ["shape"]


def test_the_small_picture_has_no_links_and_one_description() -> None:
    svg = _tree(city_picture([_spot("Altona", 5, 2)], SMALL, "Karte"))
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "Karte")
    assert list(svg.iter(f"{SVG}a")) == []


def _tree(drawing: Drawing) -> ET.Element:
    return ET.fromstring(drawing.svg)  # noqa: S314 - drawn here


def _circles(svg: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(each.get("cx"), each.get("cy")) for each in svg.iter(f"{SVG}circle")]


def _spot(name: str, posts: int, gap: int | None) -> Spot:
    at = {each.name: each for each in stadtteile_on_map()}[name]
    return Spot(name, at.lat, at.lon, posts, gap, f"{name}!", f"?ort={name}#ort")


def _inside(lat: float, lon: float) -> bool:
    """Say whether a point lies within the edge: a ray from it crosses the line oddly often."""
    crossed = 0
    for (lat1, lon1), (lat2, lon2) in zip(EDGE, (*EDGE[1:], EDGE[0]), strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < lon1 + (lat - lat1) / (lat2 - lat1) * (
            lon2 - lon1
        ):
            crossed += 1
    return crossed % 2 == 1

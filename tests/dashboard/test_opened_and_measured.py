import pytest
from dash import Dash
from playwright.sync_api import Browser

from data.config import Config
from tests.dashboard.browser import reader, served
from tests.dashboard.test_in_the_browser import PAGES, WIDE

REVIEWED = (  # what axe may leave undecided here, and why that is no fault
    "color-contrast: ",  # it cannot see below SVG's letters nor take one letter for text: measured
)
LEAST = 4.5  # to 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_with_all_that_opens_are_accessible_and_letters_in_pictures_stand_out(
    chromium: Browser, demo: Dash, config: Config, theme: str
) -> None:
    measured = 0
    with served(demo) as base:
        visit = reader(chromium, base, viewport=WIDE, color_scheme=theme)
        for path in (*PAGES, "/netzwerk?konto=1"):
            visit.open(path)
            visit.page.evaluate(OPEN)
            found, unsure = visit.examined()
            assert found == [], path
            assert [each for each in unsure if not each.startswith(REVIEWED)] == [], path
            letters = visit.page.evaluate(CONTRASTS)
            assert [each for each in letters if each[1] < LEAST] == [], path
            measured += len(letters)
        assert measured > 100
        assert visit.troubles == []


OPEN = """() => document.querySelectorAll("main details").forEach(each => { each.open = true; })"""
# Of each text in an SVG its contrast with its own halo, where it has one, or else with what is
# painted before it at its middle and ends.
CONTRASTS = """() => {
  const read = colour => {
    const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top, share, below) => below.map((each, n) => top[n] * share + each * (1 - share));
  const light = colour => colour.map(each => each / 255)
    .map(each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4)
    .reduce((sum, each, n) => sum + each * [.2126, .7152, .0722][n], 0);
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + .05) / (low + .05);
  };
  const seen = element => {
    let share = 1;
    for (let at = element; at; at = at.parentElement) share *= getComputedStyle(at).opacity;
    return share;
  };
  const paper = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement)
      layers.unshift(read(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, top) => over(top, top[3], below), [255, 255, 255]);
  };
  const found = [];
  for (const text of document.querySelectorAll("main svg text")) {
    if (!text.checkVisibility() || !text.textContent.trim() || !text.getScreenCTM()) continue;
    const style = getComputedStyle(text), box = text.getBBox(), ink = read(style.fill);
    const svg = text.ownerSVGElement, ground = paper(svg), share = ink[3] * seen(text);
    const halo = style.stroke !== "none" && style.paintOrder.startsWith("stroke");
    const shapes = [...svg.querySelectorAll("rect, circle, ellipse, path, polygon")].filter(each =>
      each.checkVisibility() && !each.closest("defs, clipPath, mask") && each.getScreenCTM() &&
      each.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
    for (const part of [.1, .5, .9]) {
      const at = new DOMPoint(box.x + box.width * part, box.y + box.height / 2)
        .matrixTransform(text.getScreenCTM());
      let below = ground;
      for (const each of shapes) {
        const here = at.matrixTransform(each.getScreenCTM().inverse());
        const drawn = getComputedStyle(each);
        for (const [paint, hit] of [["fill", "isPointInFill"], ["stroke", "isPointInStroke"]])
          if (drawn[paint].startsWith("rgb") && each[hit](here)) {
            const top = read(drawn[paint]);
            below = over(top, top[3] * seen(each) * drawn[paint + "Opacity"], below);
          }
      }
      if (halo) below = over(read(style.stroke), read(style.stroke)[3], below);
      found.push([text.textContent, ratio(over(ink, share, below), below)]);
    }
  }
  return found;
}"""

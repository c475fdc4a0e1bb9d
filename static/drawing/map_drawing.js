// The thin interface between the page and the renderer. A swap of the renderer ends here.

import { Ground } from "./ground.js";
import { forgetIcons } from "./icons.js";
import { Marks } from "./marks.js";
import { makeView } from "./source.js";
import { readTokens } from "./tokens.js";

const PANES = [["relief", 210], ["ground", 220], ["marks", 450]];

/**
 * Put the drawing on a Leaflet map.
 * @param {L.Map} map
 * @param {object} page what the server said: layers, shapes, words, version, relief
 * @param {{heard: Function, drawn: Function, ground: Function}} told `heard(error|null)` after tiles, `drawn(marks)`
 *   after a picture, `ground()` once when the ground of the first view is complete
 * @returns {{show(state), retheme(), renew(version), marksHere(): object[]}}
 */
export function createDrawing(map, page, told) {
  for (const [name, order] of PANES) map.createPane(name).style.zIndex = order;
  let version = page.version;
  let state = { levels: new Set([0, 1, 2, 3, 4]), shown: new Set(), township: "", tints: {}, townships: new Map() };
  let tokens = readTokens();
  // On paper the drawing is smaller than on the screen, so its symbols are as large as on a phone.
  const look = () => ({ ...state, tokens, layers: page.layers, shapes: page.shapes, words: page.words,
    phone: window.matchMedia("(max-width: 760px)").matches || Boolean(document.documentElement.dataset.printing) });
  let counted = "";
  const address = (z, x, y) => `${page.addresses.tiles}/${z}/${y}/${x}?v=${version}${counted}`;
  const view = makeView(address, told.heard);
  const relief = L.tileLayer(page.addresses.relief, { pane: "relief", maxNativeZoom: 14, maxZoom: 18 });
  const ground = new Ground(view, look, { pane: "ground", maxZoom: 18, updateWhenIdle: false });
  /** Tiles whose cells hold the chosen township alone, where cells of all townships are merged. */
  const countFor = (township) => {
    const wanted = township ? `&township=${encodeURIComponent(township)}` : "";
    if (wanted === counted) return;
    counted = wanted;
    view.tileCache.cache.clear();
    marks.update();
  };
  const marks = new Marks(view, look, { drawn: told.drawn, count: () => countFor(state.township) });
  if (page.relief) relief.addTo(map);
  ground.once("load", () => told.ground());
  ground.addTo(map);
  marks.addTo(map);
  return {
    /** Show another state; the ground is painted anew only where it changes. */
    show(next) {
      const groundChanged = JSON.stringify(next.tints) !== JSON.stringify(state.tints)
        || ["contours", "water", "roads", "townships"].some((name) => next.shown.has(name) !== state.shown.has(name));
      state = next;
      if (counted) countFor(state.township);
      if (groundChanged) ground.repaint();
      if (page.relief) state.shown.has("relief") ? relief.addTo(map) : relief.remove();
      marks.redraw();
    },
    retheme() {
      tokens = readTokens();
      forgetIcons();
      ground.repaint();
      marks.redraw();
    },
    /** The data has changed: ask for every tile again. */
    renew(next) {
      version = next;
      view.tileCache.cache.clear();
      ground.redraw();
      marks.update();
    },
    marksHere: () => marks.marks,
  };
}

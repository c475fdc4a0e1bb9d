// The map page: puts drawing, panel, card, search and keyboard together.

import { createDrawing } from "./drawing/map_drawing.js";
import { makeConnection, makeVoice, showTimes } from "./page/connection.js";
import { homeZoom } from "./page/home.js";
import { startKeyboard } from "./page/keyboard.js";
import { showCounts, showDensity, showOverlay, startPanel } from "./page/panel.js";
import { readHash, writeHash } from "./page/permalink.js";
import { startPrinting } from "./page/printing.js";
import { startScale } from "./page/scale.js";
import { startSearch } from "./page/search.js";
import { makeSelection } from "./page/selection.js";
import { makeState } from "./page/state.js";
import { tintsOf, watchSummary } from "./page/summary.js";
import { startTheme } from "./page/theme.js";
import { startTools } from "./page/tools.js";

function firstState(page) {
  const shown = page.layers.filter((layer) => layer.visible).map((layer) => layer.name);
  return { levels: new Set([0, 1, 2, 3, 4]), shown: new Set([...shown, "contours", "relief"]), township: "",
    overlay: "index", selected: null };
}

/** What is shown over the ground follows from the state and the counts of the whole county. */
function makePicture(page, state, drawing) {
  let summary = page.summary;
  const show = () => {
    const now = state.get();
    const tints = now.shown.has("townships") ? tintsOf(summary.townships, now.overlay) : {};
    const townships = new Map(summary.townships.map((one) => [one.code, one]));
    drawing.show({ ...now, tints, townships, county: page.place });
    showOverlay(summary.townships, now.overlay, page.words);
  };
  return {
    show,
    count(counts) {
      if (counts.version !== page.version) drawing.renew(counts.version);
      page.version = counts.version;
      if (!state.get().township) summary = counts;
      showCounts(counts, page.words);
      showTimes(counts, page.words);
      show();
    },
  };
}

function startView(map, page, { view, state: { selected } }) {
  const home = () => {
    if (!page.bounds) return;
    const [west, south, east, north] = page.bounds;
    const bounds = L.latLngBounds([[south, west], [north, east]]);
    const phone = window.matchMedia("(max-width: 760px)").matches;
    map.setView(bounds.getCenter(), homeZoom(map, bounds, phone), { animate: false });
  };
  if (selected) {
    // The centre of a link with a card is that of the map beside the card.
    document.getElementById("card").hidden = false;
    map.invalidateSize({ animate: false, pan: false });
  }
  if (view) map.setView([view[1], view[2]], view[0], { animate: false });
  else home();
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());
  return home;
}

function startPointer(map, marksHere) {
  map.on("mousemove", (event) => {
    const { x, y } = event.containerPoint;
    const over = marksHere().some((mark) => Math.hypot(mark.x - x, mark.y - y) < mark.r + 3);
    map.getContainer().classList.toggle("over", over);
  });
}

function startHash(map, state, first, { setTheme, selection }) {
  const remember = () => window.history.replaceState(null, "", writeHash(map, state.get(), first));
  map.on("moveend", remember);
  window.addEventListener("hashchange", () => {
    const next = readHash(window.location.hash);
    if (next.view) map.setView([next.view[1], next.view[2]], next.view[0], { animate: false });
    if (next.state.theme) setTheme(next.state.theme);
    state.set({ ...first, ...next.state });
    selection.show(next.state.selected);
  });
  return remember;
}

/** Start the page on the Leaflet map that Folium has made. */
export function start(map) {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const said = readHash(window.location.hash);
  const first = firstState(page);
  const state = makeState({ ...first, ...said.state });
  const connection = makeConnection(page.words, () => ask(), () => drawing.renew(page.version));
  const say = makeVoice();
  const home = startView(map, page, said);
  if (said.state.theme) document.documentElement.dataset.theme = said.state.theme;
  const drawing = createDrawing(map, page, {
    heard: connection,
    drawn(marks) {
      showDensity(page, marks, map.getZoom(), state.get().shown);
      document.body.dataset.drawn = String(Number(document.body.dataset.drawn || 0) + 1);
      document.body.dataset.marks ??= String(Math.round(performance.now()));
    },
    ground() { document.body.dataset.ground = String(Math.round(performance.now())); },
  });
  const picture = makePicture(page, state, drawing);
  const selection = makeSelection({ map, page, state, say });
  const setTheme = startTheme(page.words, () => { drawing.retheme(); remember(); });
  const remember = startHash(map, state, first, { setTheme, selection });
  startPanel(state, page);
  const ask = watchSummary(page.addresses.summary, () => state.get().township, picture.count, connection);
  picture.count(page.summary);
  if (state.get().township) ask();
  state.listen((now, before) => {
    picture.show();
    remember();
    if (now.township !== before.township) ask();
  });
  startSearch(page.addresses.search, page, (found) => {
    const { shown } = state.get();
    if (page.layers.some((one) => one.name === found.layer) && !shown.has(found.layer)) {
      state.set({ shown: new Set([...shown, found.layer]) });
    }
    if (found.lon !== null && found.lon !== undefined) {
      map.setView([found.lat, found.lon], Math.max(13, map.getZoom()), { animate: false });
    }
    selection.select(found);
  });
  startKeyboard({ map, state, marksHere: drawing.marksHere, open: selection.select, close: selection.escape });
  startTools({ map, home, print: startPrinting({ map, county: page.bounds, setTheme }), say, words: page.words });
  startScale(map);
  startPointer(map, drawing.marksHere);
  if (state.get().selected) selection.show(state.get().selected);
  remember();
  document.body.dataset.ready = "yes";
}

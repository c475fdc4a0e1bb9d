// The map page: puts drawing, panel, card, search and keyboard together.

import { createDrawing } from "./drawing/map_drawing.js";
import { makeCard } from "./page/card.js";
import { hideChooser, showChooser } from "./page/chooser.js";
import { startKeyboard } from "./page/keyboard.js";
import { showCounts, showDensity, showOverlay, startPanel } from "./page/panel.js";
import { readHash, writeHash } from "./page/permalink.js";
import { startScale } from "./page/scale.js";
import { startSearch } from "./page/search.js";
import { makeState } from "./page/state.js";
import { tintsOf, watchSummary } from "./page/summary.js";
import { startTheme } from "./page/theme.js";
import { startTools } from "./page/tools.js";

function firstState(page) {
  const shown = page.layers.filter((layer) => layer.visible).map((layer) => layer.name);
  return { levels: new Set([0, 1, 2, 3, 4]), shown: new Set([...shown, "contours", "relief"]), township: "",
    overlay: "index", selected: null };
}

function clock(moment) {
  const two = (n) => String(n).padStart(2, "0");
  return `${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function makeVoice() {
  const place = document.getElementById("said");
  let timer = 0;
  return (text) => {
    place.textContent = text;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { place.textContent = ""; }, 4000);
  };
}

/** Connection to the server: a sentence in the bar as long as it is lost, the last state stays. */
function makeConnection(words) {
  const place = document.querySelector(".lost");
  let since = null;
  return (error) => {
    if (!error) since = null;
    else since = since || new Date();
    place.hidden = !since;
    place.textContent = since ? `${words.lost} · ${words.data_stopped} ${clock(since)}` : "";
    document.body.classList.toggle("stale", Boolean(since));
  };
}

/** Start the page on the Leaflet map that Folium has made. */
export function start(map) {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const said = readHash(window.location.hash);
  const first = firstState(page);
  const state = makeState({ ...first, ...said.state });
  const connection = makeConnection(page.words);
  const say = makeVoice();
  let summary = page.summary;
  let townships = new Map();

  const home = () => {
    if (!page.bounds) return;
    const [west, south, east, north] = page.bounds;
    map.fitBounds([[south, west], [north, east]], { padding: [8, 8], animate: false });
  };
  map.attributionControl?.setPrefix(false);
  if (said.view) map.setView([said.view[1], said.view[2]], said.view[0], { animate: false });
  else home();

  const setTheme = startTheme(page.words, () => { drawing.retheme(); remember(); });
  if (said.state.theme) setThemeQuietly(said.state.theme);
  const drawing = createDrawing(map, page, {
    heard: connection,
    drawn: (marks) => {
      showDensity(page, marks, map.getZoom(), state.get().shown);
      document.body.dataset.drawn = String(Number(document.body.dataset.drawn || 0) + 1);
    },
  });
  const card = makeCard(page.addresses.card, page.words, {
    close: () => deselect(),
    shown: ({ lon, lat, level, name }) => {
      const chosen = state.get().selected;
      if (!chosen) return;
      const place = lon ? { lon: Number(lon), lat: Number(lat) } : {};
      state.set({ selected: { ...chosen, ...place, level: Number(level) || 0, name } });
      if (lon) bringIntoView(place);
    },
  });

  function setThemeQuietly(theme) {
    if (document.documentElement.dataset.theme !== theme) document.getElementById("theme").click();
  }
  function show() {
    const now = state.get();
    drawing.show({ ...now, tints: now.shown.has("townships") ? tintsOf(summary.townships, now.overlay) : {}, townships,
      county: page.place });
    showOverlay(summary.townships, now.overlay, page.words);
  }
  function remember() {
    window.history.replaceState(null, "", writeHash(map, state.get(), first));
  }
  function select(site, focus = true) {
    hideChooser();
    state.set({ selected: { layer: site.layer, id: Number(site.id) } });
    return card.open(site, focus);
  }
  function deselect() {
    card.close();
    if (state.get().selected) state.set({ selected: null });
  }
  function bringIntoView({ lat, lon }) {
    map.invalidateSize({ animate: false, pan: false });
    const point = map.latLngToContainerPoint([lat, lon]);
    const size = map.getSize();
    const phone = window.matchMedia("(max-width: 760px)").matches;
    const low = phone ? window.innerHeight * 0.5 - map.getContainer().getBoundingClientRect().top : size.y;
    if (point.x > 60 && point.y > 60 && point.x < size.x - 60 && point.y < low - 60) return;
    map.panBy([point.x - size.x / 2, point.y - low / 2], { animate: false });
  }

  const place = (counts) => {
    page.version !== counts.version && drawing.renew(counts.version);
    page.version = counts.version;
    if (!state.get().township) {
      summary = counts;
      townships = new Map(counts.townships.map((one) => [one.code, one]));
    }
    showCounts(counts);
    const graded = counts.graded_at ? clock(new Date(counts.graded_at)) : page.words.never;
    document.getElementById("graded-at").textContent = graded;
    document.getElementById("data-time").textContent = graded;
    document.getElementById("data-version").textContent = counts.version;
    document.getElementById("read-at").textContent = clock(new Date());
    show();
  };
  startPanel(state, page);
  const ask = watchSummary(page.addresses.summary, () => state.get().township, place, connection);
  place(page.summary);
  if (state.get().township) ask();

  state.listen((now, before) => {
    show();
    remember();
    if (now.township !== before.township) ask();
  });
  map.on("moveend", remember);
  map.on("click", (event) => clicked(event));
  window.addEventListener("hashchange", () => {
    const next = readHash(window.location.hash);
    if (next.view) map.setView([next.view[1], next.view[2]], next.view[0], { animate: false });
    if (next.state.theme) setTheme(next.state.theme);
    const chosen = next.state.selected;
    state.set({ ...first, ...next.state });
    if (chosen) card.open(chosen);
    else card.close();
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());
  map.on("mousemove", (event) => {
    const { x, y } = event.containerPoint;
    const over = drawing.marksHere().some((mark) => Math.hypot(mark.x - x, mark.y - y) < mark.r + 3);
    map.getContainer().classList.toggle("over", over);
  });

  async function clicked(event) {
    if (hideChooser()) return;
    const pixels = window.matchMedia("(pointer: coarse)").matches ? 22 : 12;
    const metres = map.distance(event.latlng, map.containerPointToLatLng(event.containerPoint.add([pixels, 0])));
    const where = event.latlng.wrap();
    try {
      const answer = await fetch(`${page.addresses.at}?lon=${where.lng.toFixed(6)}&lat=${where.lat.toFixed(6)}&tolerance_m=${metres.toFixed(1)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const here = (await answer.json()).features.filter((feature) => canBeOpened(feature));
      if (here.length === 1) select(here[0]);
      else if (here.length > 1) showChooser(here, event.containerPoint, page, select);
      else if (metres > 3000) map.setView(where, map.getZoom() + 2);
    } catch {
      say(page.words.lost);
    }
  }
  function canBeOpened(feature) {
    const now = state.get();
    const layer = page.layers.find((one) => one.name === feature.layer);
    if (!layer || layer.reference || !now.shown.has(layer.name)) return false;
    return !layer.graded || now.levels.has(feature.level || 0);
  }

  startSearch(page.addresses.search, page, (found) => {
    const layer = page.layers.find((one) => one.name === found.layer);
    if (layer && !state.get().shown.has(found.layer)) state.set({ shown: new Set([...state.get().shown, found.layer]) });
    if (found.lon !== null) map.setView([found.lat, found.lon], Math.max(13, map.getZoom()), { animate: false });
    select(found);
  });
  startKeyboard({ map, state, marksHere: drawing.marksHere, open: select,
    close: () => { if (!hideChooser()) deselect(); } });
  startTools({ map, home, say, words: page.words });
  startScale(map);
  if (state.get().selected) card.open(state.get().selected, false);
  remember();
  document.body.dataset.ready = "yes";
}

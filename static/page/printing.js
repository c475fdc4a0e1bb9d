// A print: light theme, one sheet that holds what the screen held, scaled so that it fills the paper.

import { fittingZooms } from "./home.js";

/** The map on A4 across, in CSS pixels (281 × 159 mm); A3 enlarges the whole sheet (print.css). */
const PAPER = { x: 1062, y: 600 };
/** The map's smallest text is 16 px on a print; at this scale it still has 7 pt. */
const SMALLEST = 0.6;
const LONGEST_WAIT = 5000;

/**
 * Zoom and scale of the drawing with which bounds fill the paper.
 * @param {boolean} wait whether there is time to ask for tiles; else the zoom stays, and with it what is drawn
 */
function printScale(map, bounds, wait) {
  const zoom = Math.min(...fittingZooms(map, bounds, PAPER));
  const near = 2 ** (zoom - Math.ceil(zoom)) < SMALLEST ? Math.floor(zoom) : Math.ceil(zoom);
  const whole = wait ? near : map.getZoom();
  return { zoom: whole, scale: 2 ** (zoom - whole) };
}

function painted() {
  return !document.querySelector(".leaflet-ground-pane .leaflet-tile:not(.leaflet-tile-loaded)");
}

/** Wait until the paper's tiles are there: those of the ground, and the picture of the marks made from the same. */
async function settled() {
  const end = performance.now() + LONGEST_WAIT;
  do await new Promise((done) => window.setTimeout(done, 150)); while (!painted() && performance.now() < end);
}

/** What goes on the paper: what the screen shows of the county, or all that it shows where the county is not there. */
function printed(map, county) {
  const seen = map.getBounds();
  if (!county) return seen;
  const [west, south, east, north] = county;
  const bounds = L.latLngBounds(
    [Math.max(south, seen.getSouth()), Math.max(west, seen.getWest())],
    [Math.min(north, seen.getNorth()), Math.min(east, seen.getEast())],
  );
  const none = south >= seen.getNorth() || north <= seen.getSouth() || west >= seen.getEast() || east <= seen.getWest();
  return none ? seen : bounds.pad(0.01);
}

/** @param {{map, county: number[] | null, setTheme}} hands @returns {() => Promise<void>} what the print button does */
export function startPrinting({ map, county, setTheme }) {
  const root = document.documentElement;
  let before = null;
  const begin = (wait) => {
    if (before) return;
    before = { theme: root.dataset.theme, centre: map.getCenter(), zoom: map.getZoom() };
    const bounds = printed(map, county);
    const { zoom, scale } = printScale(map, bounds, wait);
    root.style.setProperty("--print", String(scale));
    root.dataset.printing = String(scale);
    setTheme("light", false);
    map.invalidateSize({ animate: false, pan: false });
    map.setView(bounds.getCenter(), zoom, { animate: false });
  };
  const end = () => {
    if (!before) return;
    const { theme, centre, zoom } = before;
    before = null;
    delete root.dataset.printing;
    setTheme(theme, false);
    map.invalidateSize({ animate: false, pan: false });
    map.setView(centre, zoom, { animate: false });
  };
  window.addEventListener("beforeprint", () => begin(false));
  window.addEventListener("afterprint", end);
  window.matchMedia("print").addEventListener("change", (now) => (now.matches ? begin(false) : end()));
  const print = async () => {
    begin(true);
    await settled();
    window.print();
    end();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    print();
  });
  return print;
}

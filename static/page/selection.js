// One record is selected: its card is open, its ring is on the map. Clicks on the map end here.

import { makeCard } from "./card.js";
import { hideChooser, showChooser } from "./chooser.js";

/** The server looks no further than this. */
const MOST_M = 50000;

const phone = () => window.matchMedia("(max-width: 760px)").matches;

/** Metres on the ground within which a click meets a record. */
function tolerance(map, event) {
  const pixels = window.matchMedia("(pointer: coarse)").matches ? 22 : 12;
  return Math.min(MOST_M, map.distance(event.latlng, map.containerPointToLatLng(event.containerPoint.add([pixels, 0]))));
}

/** Move the map where the record is not in sight beside or above its card. */
function bringIntoView(map, { lat, lon }) {
  map.invalidateSize({ animate: false, pan: false });
  const point = map.latLngToContainerPoint([lat, lon]);
  const size = map.getSize();
  const low = phone() ? window.innerHeight * 0.5 - map.getContainer().getBoundingClientRect().top : size.y;
  if (point.x > 60 && point.y > 60 && point.x < size.x - 60 && point.y < low - 60) return;
  map.panBy([point.x - size.x / 2, point.y - low / 2], { animate: false });
}

/** @returns {{select(site, focus?), deselect(), escape(), show(site)}} */
export function makeSelection({ map, page, state, say }) {
  const deselect = () => {
    card.close();
    if (state.get().selected) state.set({ selected: null });
  };
  const card = makeCard(page.addresses.card, page.words, {
    close: deselect,
    copy: () => document.getElementById("permalink").click(),
    shown({ lon, lat, level, name }) {
      const chosen = state.get().selected;
      if (!chosen) return;
      const place = lon ? { lon: Number(lon), lat: Number(lat) } : {};
      state.set({ selected: { ...chosen, ...place, level: Number(level) || 0, name } });
      if (lon) bringIntoView(map, place);
    },
  });
  const select = (site, focus = true) => {
    hideChooser();
    state.set({ selected: { layer: site.layer, id: Number(site.id) } });
    return card.open(site, focus);
  };
  map.on("click", (event) => clicked(event, { map, page, state, say, select }));
  return {
    select, deselect,
    escape() { if (!hideChooser()) deselect(); },
    show(site) { if (site) card.open(site, false); else card.close(); },
  };
}

async function clicked(event, { map, page, state, say, select }) {
  if (hideChooser()) return;
  const metres = tolerance(map, event);
  const where = event.latlng.wrap();
  const place = `lon=${where.lng.toFixed(6)}&lat=${where.lat.toFixed(6)}&tolerance_m=${metres.toFixed(1)}`;
  try {
    const answer = await fetch(`${page.addresses.at}?${place}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const here = (await answer.json()).features.filter((feature) => canBeOpened(feature, page, state.get()));
    if (here.length === 1) select(here[0]);
    else if (here.length > 1) showChooser(here, event.containerPoint, page, select);
  } catch {
    say(page.words.lost);
  }
}

function canBeOpened(feature, page, now) {
  const layer = page.layers.find((one) => one.name === feature.layer);
  if (!layer || layer.reference || !now.shown.has(layer.name)) return false;
  return !layer.graded || now.levels.has(feature.level || 0);
}

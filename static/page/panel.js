// The left panel: level filter, layer tree with full counts, township filter, overlay.

import { levelTotals } from "./summary.js";
import { toggled } from "./state.js";

const $ = (selector) => document.querySelector(selector);
const $$ = (selector) => [...document.querySelectorAll(selector)];

/** 12345 → "1.2 万": thousands from 10 000 are shortened, the full figure stands in the rows. */
export function shortNumber(n) {
  if (n < 10000) return String(n);
  return document.documentElement.lang === "en" ? `${(n / 1000).toFixed(1)} k` : `${(n / 10000).toFixed(1)} 万`;
}

/** Let the controls change the state, and the state show in the controls. */
export function startPanel(state, page) {
  for (const box of $$('[name="level"]')) {
    box.addEventListener("change", () => setLevel(state, Number(box.value), box.checked));
  }
  for (const chip of $$(".chips [data-level]")) {
    chip.addEventListener("click", () => {
      const level = Number(chip.dataset.level);
      setLevel(state, level, !state.get().levels.has(level));
    });
  }
  for (const box of $$('[name="layer"]')) {
    box.addEventListener("change", () => state.set({ shown: toggled(state.get().shown, box.value, box.checked) }));
  }
  for (const radio of $$('[name="overlay"]')) {
    radio.addEventListener("change", () => state.set({ overlay: radio.value }));
  }
  state.listen((now) => reflect(now));
  reflect(state.get());
  fillTownships(state, page.summary.townships, page.words);
}

function setLevel(state, level, present) {
  state.set({ levels: toggled(state.get().levels, level, present) });
}

function reflect(now) {
  for (const box of $$('[name="level"]')) box.checked = now.levels.has(Number(box.value));
  for (const chip of $$(".chips [data-level]")) chip.setAttribute("aria-pressed", now.levels.has(Number(chip.dataset.level)));
  for (const box of $$('[name="layer"]')) box.checked = now.shown.has(box.value);
  for (const radio of $$('[name="overlay"]')) radio.checked = radio.value === now.overlay;
  for (const radio of $$('[name="township"]')) radio.checked = radio.value === now.township;
  for (const link of $$("a.count")) {
    const address = new URL(link.href);
    if (now.township) address.searchParams.set("township", now.township);
    else address.searchParams.delete("township");
    link.href = address.pathname + address.search;
  }
}

function fillTownships(state, townships, words) {
  const place = $("#townships");
  const few = townships.length <= 12;
  place.replaceChildren();
  if (!few) {
    const list = document.createElement("select");
    list.append(new Option(words.whole_county, ""));
    // Thousands of townships can wait until the map is there.
    window.setTimeout(() => {
      list.append(...townships.map((one) => new Option(one.name, one.code)));
      list.value = state.get().township;
    }, 1500);
    list.addEventListener("change", () => state.set({ township: list.value }));
    place.append(list);
    return;
  }
  for (const one of [{ code: "", name: words.whole_county }, ...townships]) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: "township", value: one.code, checked: one.code === state.get().township });
    radio.addEventListener("change", () => state.set({ township: radio.value }));
    const text = document.createElement("span");
    text.textContent = one.code ? one.name.replace(/(?<=..)(街道|[镇乡])$/u, "") : one.name;
    text.title = one.name;
    label.append(radio, text);
    place.append(label);
  }
}

function write(element, text) {
  if (element.textContent === text) return;
  const first = element.textContent === "·" || element.textContent === "";
  element.textContent = text;
  if (first) return;
  element.classList.add("changed");
  window.setTimeout(() => element.classList.remove("changed"), 3000);
}

/** Show the counts of a summary. */
export function showCounts(summary, words) {
  const totals = levelTotals(summary.layers);
  const most = Math.max(1, ...Object.values(totals));
  const known = totals[1] + totals[2] + totals[3] + totals[4];
  write($("#known"), `${shortNumber(known)} / ${shortNumber(known + totals.unknown)}`);
  for (const [level, n] of Object.entries(totals)) {
    for (const place of $$(`[data-count-level="${level}"]`)) write(place, shortNumber(n));
    const bar = $(`[data-bar-level="${level}"]`);
    bar.style.width = `${(100 * n) / most}%`;
    bar.hidden = !n;
  }
  for (const layer of summary.layers) showLayer(layer, words);
}

/** Candidates that nobody has confirmed are in a layer's number and in no level: they have a number of their own. */
function showCandidates(layer, words) {
  const row = document.querySelector(`.layer[data-layer="${layer.name}"]`);
  if (!row) return;
  const n = layer.total - layer.confirmed;
  const link = row.querySelector(".candidates") || row.appendChild(document.createElement("a"));
  link.className = "candidates note";
  link.hidden = !n;
  const address = new URL(row.querySelector("a.count").href);
  address.searchParams.set("candidates", "1");
  link.href = address.pathname + address.search;
  link.textContent = `${words.candidates} ${shortNumber(n)}`;
}

function showLayer(layer, words) {
  for (const place of $$(`[data-count-layer="${layer.name}"]`)) write(place, shortNumber(layer.total));
  showCandidates(layer, words);
  const shares = $(`[data-layer="${layer.name}"] .shares`);
  if (!shares || !layer.graded) return;
  const whole = Object.values(layer.levels).reduce((sum, n) => sum + n, 0);
  shares.replaceChildren(...["1", "2", "3", "4", "unknown"].filter((level) => layer.levels[level]).map((level) => {
    const part = document.createElement("i");
    part.className = `l${level}`;
    part.style.flexGrow = layer.levels[level] / whole;
    return part;
  }));
}

/** Say beside a layer that this scale does not draw all of it. */
export function showDensity(page, marks, zoom, shown) {
  const drawn = new Map();
  for (const mark of marks) drawn.set(mark.layer.name, (drawn.get(mark.layer.name) || 0) + mark.count);
  for (const layer of page.layers) {
    const hint = $(`[data-layer="${layer.name}"] .hint`);
    if (!hint) continue;
    const from = Math.max(layer.from_zoom, layer.graded ? (layer.shape === "line" ? 10 : 8) : layer.shape === "line" ? 11 : 12);
    const later = Object.values(layer.rank_from_zoom).some((needed) => zoom < needed);
    const partly = zoom >= from && (later || (layer.graded && zoom < 10));
    hint.textContent = !shown.has(layer.name) ? "" : zoom < from ? `${page.words.shown_here} 0`
      : partly ? `${page.words.shown_here} ${drawn.get(layer.name) || 0}` : "";
  }
}

/** The overlay's scale: least and most, and its formula. */
export function showOverlay(townships, overlay, words) {
  const values = townships.map((one) => one.index).filter((value) => value !== null && value !== undefined);
  const index = overlay === "index" && values.length;
  $("#overlay-least").textContent = index ? Math.min(...values).toFixed(1) : overlay === "worst" ? words.blue : "";
  $("#overlay-most").textContent = index ? Math.max(...values).toFixed(1) : overlay === "worst" ? words.red : "";
  $("#overlay-name").textContent = words[`overlay_${overlay}`];
  $("#formula").hidden = overlay !== "index";
  $(".overlay .scale").hidden = overlay === "none";
}

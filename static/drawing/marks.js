// Everything above the ground on one canvas as large as the screen: villages, sections, icons, selection, labels.

import { drawCount, drawIcon } from "./icons.js";
import { withoutHeaps } from "./heaps.js";
import { placeLabel } from "./labels.js";
import { namedLines, placeRiver, placeShield } from "./line_labels.js";
import { Occupancy } from "./occupancy.js";
import { drawSectionMark, sectionMarks } from "./section_marks.js";
import { drawSections, sectionsOf } from "./sections.js";
import { tilesWithin, TILE_SIZE } from "./source.js";
import { needsCounting, symbolsOf } from "./symbols.js";
import { placeTownship } from "./township_labels.js";

/** Zoom from which a road's number is shown, by its class. */
const SHIELDS_FROM = { national: 9, provincial: 10, county: 12, township: 14, village: 15 };

/** A Leaflet layer; `look()` gives what is shown and how; told: `drawn(marks)`, `count()` where tiles need the township. */
export const Marks = L.Layer.extend({
  initialize(view, look, told) {
    this._view = view;
    this._look = look;
    this._told = told;
    this._round = 0;
    this.marks = [];
  },

  onAdd(map) {
    this._canvas = L.DomUtil.create("canvas", "marks leaflet-zoom-animated", map.getPane("marks"));
    map.on("moveend", this.update, this);
    map.on("resize", this.update, this);
    if (map.options.zoomAnimation) map.on("zoomanim", this._zoom, this);
    this.update();
  },

  onRemove(map) {
    map.off("moveend", this.update, this);
    map.off("resize", this.update, this);
    map.off("zoomanim", this._zoom, this);
    this._canvas.remove();
  },

  _zoom(event) {
    if (!this._bounds) return;
    const scale = this._map.getZoomScale(event.zoom, this._drawnZoom);
    const offset = this._map._latLngToNewLayerPoint(this._bounds.getNorthWest(), event.zoom, event.center);
    L.DomUtil.setTransform(this._canvas, offset, scale);
  },

  /** Ask for the tiles of the screen and draw; the last picture stays until they are there. */
  async update() {
    const round = ++this._round;
    const bounds = this._map.getPixelBounds();
    const tiles = await tilesWithin(this._view, this._map.getZoom(), bounds);
    if (round !== this._round || !this._map) return;
    this._tiles = tiles;
    this.redraw();
  },

  /** Draw from what is in memory: filter, theme or selection have changed. */
  redraw() {
    if (!this._tiles || !this._map) return;
    const map = this._map;
    const bounds = map.getPixelBounds();
    const size = map.getSize();
    const scale = window.devicePixelRatio || 1;
    this._drawnZoom = map.getZoom();
    this._bounds = map.getBounds();
    this._canvas.width = size.x * scale;
    this._canvas.height = size.y * scale;
    this._canvas.style.width = `${size.x}px`;
    this._canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
    const context = this._canvas.getContext("2d");
    context.scale(scale, scale);
    if (needsCounting(this._tiles, this._look())) this._told.count();
    const view = { origin: bounds.min, zoom: this._drawnZoom, width: size.x, height: size.y };
    this.marks = paint(context, this._tiles, view, this._look());
    this._told.drawn(this.marks);
  },
});

function paint(context, tiles, view, look) {
  const t = look.tokens;
  const { origin, zoom } = view;
  const villages = look.shown.has("villages") && zoom >= 11 ? pointsOf(tiles, "villages", origin) : [];
  drawVillages(context, t, villages, zoom);
  const sections = sectionsOf(tiles, origin, zoom, look);
  drawSections(context, t, sections, zoom);
  const all = symbolsOf(tiles, origin, zoom, look);
  const symbols = withoutHeaps(all);
  const lineMarks = sectionMarks(sections, zoom, symbols);
  symbols.filter((s) => !s.layer.graded).forEach((s) => drawSymbol(context, look, s));
  lineMarks.forEach((mark) => drawSectionMark(context, t, mark));
  const graded = symbols.filter((s) => s.layer.graded);
  graded.forEach((s) => drawSymbol(context, look, s));
  const chosen = selection(context, look, view);
  const taken = new Occupancy();
  for (const mark of [...symbols, ...lineMarks]) taken.take(around(mark));
  plates(context, look.tokens, taken, symbols);
  for (const village of villages) taken.take(around({ ...village, r: 3 }));
  if (chosen) nameChosen(context, t, taken, chosen);
  labels(context, tiles, view, look, taken, graded, villages);
  return [...all, ...lineMarks].filter((m) => m.x > -20 && m.y > -20 && m.x < view.width + 20 && m.y < view.height + 20);
}

function around(mark) {
  return { x: mark.x - mark.r, y: mark.y - mark.r, width: 2 * mark.r, height: 2 * mark.r };
}

function pointsOf(tiles, layer, origin) {
  return tiles.flatMap((tile) => (tile.data.get(layer) || []).flatMap((feature) => {
    const point = feature.geom[0][0];
    if (feature.geomType !== 1 || point.x < 0 || point.y < 0 || point.x >= TILE_SIZE || point.y >= TILE_SIZE) return [];
    return [{ props: feature.props,
      x: point.x * tile.scale + tile.origin.x - origin.x, y: point.y * tile.scale + tile.origin.y - origin.y }];
  }));
}

function drawVillages(context, t, villages, zoom) {
  for (const village of villages) {
    context.beginPath();
    context.arc(village.x, village.y, zoom >= 13 ? 2.6 : 1.8, 0, 7);
    context.fillStyle = t.ink2;
    context.strokeStyle = t.halo;
    context.lineWidth = 2;
    context.stroke();
    context.fill();
  }
}

function drawSymbol(context, look, symbol) {
  drawIcon(context, look.tokens, look.shapes, iconOf(symbol), symbol.x, symbol.y);
}

/** Numbers of records beside the icons that stand for several, where no icon is covered if there is such a place. */
function plates(context, t, taken, symbols) {
  for (const symbol of symbols) {
    if (symbol.count > 1 || symbol.behind) taken.take(drawCount(context, t, symbol, (box) => taken.free(box)));
  }
}

function iconOf(symbol, more = 0) {
  return { shape: symbol.layer.shape, graded: symbol.layer.graded, level: symbol.level,
    r: Math.round((symbol.r + more) * 10) / 10, candidate: symbol.candidate };
}

function selection(context, look, view) {
  const { selected, tokens: t } = look;
  if (!selected || selected.lon === undefined) return null;
  const world = 256 * 2 ** view.zoom;
  const sine = Math.sin((selected.lat * Math.PI) / 180);
  const x = ((selected.lon + 180) / 360) * world - view.origin.x;
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world - view.origin.y;
  const ring = look.phone ? 23 : 18;
  context.setLineDash([]);
  for (const [colour, width] of [[t.halo, 6], [t.ink, 2.2]]) {
    context.beginPath();
    context.arc(x, y, ring, 0, 7);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
  const layer = look.layers.find((one) => one.name === selected.layer);
  if (layer && !["line", "area", "none"].includes(layer.shape)) {
    const r = layer.graded ? (look.phone ? 15 : 12.5) : 9;
    drawIcon(context, t, look.shapes, iconOf({ layer, level: selected.level || 0, r }), x, y);
  }
  return { x, y, r: ring, name: selected.name };
}

/** The chosen record's name on a plate, below its ring or wherever there is room. */
function nameChosen(context, t, taken, chosen) {
  taken.take({ x: chosen.x - chosen.r, y: chosen.y - chosen.r, width: 2 * chosen.r, height: 2 * chosen.r });
  context.font = `700 14px ${t.font}`;
  const width = context.measureText(chosen.name).width + 16;
  const spots = [[-width / 2, chosen.r + 7], [-width / 2, -chosen.r - 33], [chosen.r + 8, -13], [-chosen.r - 8 - width, -13]];
  const boxes = spots.map(([dx, dy]) => ({ x: Math.round(chosen.x + dx), y: Math.round(chosen.y + dy), width, height: 26 }));
  const box = boxes.find((one) => taken.free(one)) || boxes[0];
  taken.take(box);
  context.fillStyle = t.panel;
  context.strokeStyle = t.ink;
  context.lineWidth = 1.5;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.strokeRect(box.x, box.y, box.width, box.height);
  context.fillStyle = t.ink;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(chosen.name, box.x + 8, box.y + 18);
}

function labels(context, tiles, view, look, taken, graded, villages) {
  const t = look.tokens;
  const { zoom, origin } = view;
  const name = (symbol, size) => symbol.name && symbol.r >= 7
    && placeLabel(context, t, taken, { ...symbol, text: symbol.name, size, bold: true });
  graded.filter((s) => s.level === 1 && zoom >= 11).forEach((s) => name(s, look.phone ? 14 : 13));
  if (look.shown.has("townships") && zoom >= 8) {
    for (const point of pointsOf(tiles, "township_labels", origin)) {
      const data = look.townships.get(point.props.code);
      placeTownship(context, t, taken, { ...point, name: point.props.name, data }, look.words, zoom);
    }
  } else if (look.county) {
    countyName(context, t, taken, look, view);
  }
  if (look.shown.has("water")) rivers(context, t, taken, tiles, view);
  if (look.shown.has("roads")) shields(context, t, taken, tiles, view);
  if (zoom >= 13) graded.filter((s) => s.level === 2).forEach((s) => name(s, t.small));
  if (zoom >= 13) villages.forEach((v) => v.props.name && placeLabel(context, t, taken,
    { text: v.props.name, x: v.x, y: v.y, r: 2, size: t.small, colour: t.ink2 }));
  if (zoom >= 14) graded.filter((s) => s.level !== 1 && s.level !== 2).forEach((s) => name(s, t.small));
}

function countyName(context, t, taken, look, view) {
  const world = 256 * 2 ** view.zoom;
  const sine = Math.sin((look.county.lat * Math.PI) / 180);
  const x = ((look.county.lon + 180) / 360) * world - view.origin.x;
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world - view.origin.y;
  placeLabel(context, t, taken, { text: look.county.name, x, y, r: 0, size: 16, bold: true });
}

function rivers(context, t, taken, tiles, view) {
  const places = new Map();
  for (const river of namedLines(tiles, "water", view.origin, (p) => (p.kind === "gully" && view.zoom < 13 ? "" : p.name))) {
    const times = places.get(river.name) || 0;
    if (times < 2 && placeRiver(context, t, taken, river)) places.set(river.name, times + 1);
  }
}

function shields(context, t, taken, tiles, view) {
  if (view.zoom < 9) return;
  const placed = [];
  const main = (p) => (p.ref && view.zoom >= (SHIELDS_FROM[p.class] || 14) ? String(p.ref) : "");
  for (const road of namedLines(tiles, "roads", view.origin, main)) {
    const near = (s) => s.name === road.name && Math.hypot(s.x - road.line[0].x, s.y - road.line[0].y) < 420;
    if (road.length < 60 || placed.some(near)) continue;
    const spot = placeShield(context, t, taken, road, view);
    if (spot) placed.push({ name: road.name, x: spot.x, y: spot.y });
  }
}

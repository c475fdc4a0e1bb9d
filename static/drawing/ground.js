// The ground: contours, overlay tint, mask, water, roads, boundaries, painted tile by tile over the relief.

import { areaOf, boundariesOf } from "./boundaries.js";
import { fill, stroke, widening } from "./lines.js";

const ROADS = {
  national: { casing: 5.4, width: 3.2, tone: "main", from: 7 },
  provincial: { casing: 5.4, width: 3.2, tone: "main", from: 8 },
  county: { casing: 4.2, width: 2.4, tone: "county", from: 10 },
  township: { casing: 4.2, width: 2.4, tone: "county", from: 11 },
  village: { casing: 2.6, width: 1.3, tone: "village", from: 12 },
};
const RIVERS = { river: 4.6, branch: 2.2, gully: 0.9 };
const ROAD_ORDER = ["village", "township", "county", "provincial", "national"];

/** Below this zoom a county is as large as a mark: no veil outside, no glow, no township lines. */
const AFAR = 8;

/** Classes of the overlay, 0 (least) to 4. */
export const TINTS = [0.03, 0.07, 0.11, 0.16, 0.21];

function contourRules(t) {
  const style = (feature) => ({
    colour: t.contour,
    width: feature.props.i ? 0.9 : 0.6,
    alpha: feature.props.i ? t["contour-thick"] : t["contour-thin"],
  });
  return [{ dataLayer: "contours", minzoom: 10, symbolizer: stroke(style) }];
}

function tintRules(t, tints) {
  const style = (feature) => {
    const step = tints[feature.props.code];
    return step === undefined ? null : { colour: t.plum, alpha: TINTS[step] };
  };
  return [{ dataLayer: "townships", symbolizer: fill(style) }];
}

function waterRules(t) {
  const area = fill(() => ({ colour: t.water }));
  const line = stroke((feature, z) => ({ colour: t.water, width: (RIVERS[feature.props.kind] || 2.2) * widening(z) }));
  return [
    { dataLayer: "water", symbolizer: area, filter: (z, feature) => feature.geomType === 3 },
    {
      dataLayer: "water",
      symbolizer: line,
      filter: (z, feature) => feature.geomType === 2 && (z >= 11 || feature.props.kind !== "gully"),
    },
  ];
}

function roadRules(t) {
  const shown = (name) => (z, feature) => (feature.props.class || "village") === name && z >= ROADS[name].from;
  const casing = (road) => (feature, z) => ({
    colour: t["road-casing"],
    width: road.casing * widening(z) + (feature.props.bridge ? 1.6 : 0),
    alpha: t[`casing-${road.tone}`],
    cap: feature.props.bridge ? "butt" : "round",
    dash: feature.props.tunnel ? [4, 3] : [],
  });
  const body = (road) => (feature, z) => ({
    colour: t[`road-${road.tone}`],
    width: road.width * widening(z),
    alpha: feature.props.tunnel ? 0.45 : 1,
  });
  return ROAD_ORDER.flatMap((name) => [
    { dataLayer: "roads", filter: shown(name), symbolizer: stroke(casing(ROADS[name])) },
    { dataLayer: "roads", filter: shown(name), symbolizer: stroke(body(ROADS[name])) },
  ]);
}

/** A Leaflet grid layer; `look()` gives {tokens, tints, shown: Set of reference layers}. */
export const Ground = L.GridLayer.extend({
  initialize(view, look, options) {
    L.GridLayer.prototype.initialize.call(this, options);
    this._view = view;
    this._look = look;
    this._scratch = document.createElement("canvas");
  },

  createTile(coords, done) {
    const canvas = L.DomUtil.create("canvas", "leaflet-tile");
    this._paint(coords, canvas).then(() => done(null, canvas), (error) => done(error, canvas));
    return canvas;
  },

  /** Draw every tile anew from what is in memory: theme, overlay or layers have changed. */
  repaint() {
    for (const key of Object.keys(this._tiles)) {
      const tile = this._tiles[key];
      this._paint(tile.coords, tile.el).catch(() => undefined);
    }
  },

  async _paint(coords, canvas) {
    const tile = { ...(await this._view.getDisplayTile(this._wrapCoords(coords))) };
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.height = 256 * scale;
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    const { tokens, tints, shown } = this._look();
    const below = [...(shown.has("contours") ? contourRules(tokens) : []), ...tintRules(tokens, tints)];
    const above = [
      ...(shown.has("water") ? waterRules(tokens) : []), ...(shown.has("roads") ? roadRules(tokens) : []),
    ];
    const rules = (list) => this._rules(context, tile, coords, list);
    rules(below);
    if (coords.z >= AFAR) this._outside(context, tile, coords, tokens, scale);
    rules(above);
    if (shown.has("townships")) this._boundaries(context, tile, coords, tokens);
  },

  _rules(context, tile, coords, list) {
    const [x, y] = [coords.x * 256, coords.y * 256];
    const box = { minX: x - 16, minY: y - 16, maxX: x + 272, maxY: y + 272 };
    protomapsL.paint(context, coords.z, new Map([["", [tile]]]), null, list, box, { x, y }, false);
  },

  /** Everything that is not the county lies under a veil of land. */
  _outside(context, tile, coords, tokens, scale) {
    const scratch = this._scratch;
    scratch.width = scratch.height = 256 * scale;
    const veil = scratch.getContext("2d");
    veil.fillStyle = tokens.land;
    veil.fillRect(0, 0, scratch.width, scratch.height);
    veil.globalCompositeOperation = "destination-out";
    veil.scale(scale, scale);
    this._intoTile(veil, tile, coords);
    const area = areaOf(tile);
    veil.fill(area);
    veil.lineWidth = 1 / tile.scale;
    veil.stroke(area);
    context.globalAlpha = tokens.mask;
    context.drawImage(scratch, 0, 0, 256, 256);
    context.globalAlpha = 1;
  },

  _intoTile(context, tile, coords) {
    context.translate(tile.origin.x - coords.x * 256, tile.origin.y - coords.y * 256);
    context.scale(tile.scale, tile.scale);
  },

  _boundaries(context, tile, coords, tokens) {
    const unit = 1 / tile.scale;
    context.save();
    this._intoTile(context, tile, coords);
    context.lineJoin = "round";
    if (coords.z < AFAR) {
      context.strokeStyle = tokens.county;
      context.lineWidth = unit;
      context.stroke(areaOf(tile));
    } else {
      nearBoundaries(context, boundariesOf(tile), tokens, unit);
    }
    context.restore();
  },
});

/** Townships dash-dot, the county solid in a glow. */
function nearBoundaries(context, { inner, outer }, tokens, unit) {
  context.strokeStyle = tokens.township;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.1 * unit;
  context.setLineDash([7 * unit, 2.5 * unit, 1.2 * unit, 2.5 * unit]);
  context.stroke(inner);
  context.setLineDash([]);
  context.strokeStyle = tokens.county;
  context.globalAlpha = 0.22;
  context.lineWidth = 6 * unit;
  context.stroke(outer);
  context.globalAlpha = 1;
  context.lineWidth = 1.6 * unit;
  context.stroke(outer);
}

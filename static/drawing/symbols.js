// Which records are drawn at this zoom, with which icon: the map's density in one place.

import { TILE_SIZE } from "./source.js";

const RADIUS = { desk: { 1: 11.5, 2: 10, 3: 9, 4: 8, 0: 8.5 }, phone: { 1: 14, 2: 13, 3: 11.5, 4: 10.5, 0: 10.5 } };
const PLAIN = {
  desk: { square: 7.4, star: 7.4, plus: 6.4, circle: 6.4, dot: 3.2 }, phone: { square: 9, star: 10, plus: 7.4, circle: 7.4, dot: 4 },
};
const LOOK_ORDER = { 4: 0, 3: 1, 0: 2, 2: 3, 1: 4 };

/** Radius of a record's icon at a Leaflet zoom; 0 where it is not drawn. */
export function radius(layer, level, zoom, phone) {
  if (zoom < Math.max(8, layer.from_zoom)) return 0;
  const size = phone ? "phone" : "desk";
  if (!layer.graded) {
    const r = PLAIN[size][layer.shape] || 6.4;
    return zoom >= 12 ? r : zoom >= 10 && layer.from_zoom > 0 ? Math.min(r, 4) : 0;
  }
  if (zoom <= 9) return level === 1 ? 9 : 0;
  if (zoom <= 11) return level === 1 || level === 2 ? RADIUS[size][level] * (zoom === 10 ? 0.74 : 0.86) : 3.4;
  return RADIUS[size][level] * (zoom >= 14 ? 1.08 : 1);
}

/** Levels of a cell that the filter lets through: [[level, number], …], worst first, unknown last. */
function cellLevels(props, look) {
  return [1, 2, 3, 4, 0].filter((level) => look.levels.has(level) && props[`n${level}`] > 0)
    .map((level) => [level, props[`n${level}`]]);
}

function cellSymbol(layer, props, look, zoom) {
  if (!layer.graded) {
    const r = radius(layer, 0, zoom, look.phone);
    return r ? { level: 0, r, count: props.n } : null;
  }
  const drawn = cellLevels(props, look).filter(([level]) => radius(layer, level, zoom, look.phone) > 0);
  if (!drawn.length) return null;
  const level = drawn[0][0];
  const r = radius(layer, level, zoom, look.phone);
  const alike = drawn.filter(([other]) => r < 6 || radius(layer, other, zoom, look.phone) >= 6);
  const count = alike.reduce((sum, [, number]) => sum + number, 0);
  return { level, r: count > 1 ? Math.max(r, 4) : r, count };
}

/** A cell over all townships cannot be filtered here: the server has to count it for the one township. */
export function needsCounting(tiles, look) {
  if (!look.township) return false;
  return look.layers.some((layer) => look.shown.has(layer.name) && tiles.some((tile) =>
    (tile.data.get(layer.name) || []).some(({ props }) => props.n > 1 && props.t === undefined)));
}

/** True where the record passes the filters for level and township. */
export function passes(layer, props, look) {
  if (look.township && props.t !== look.township) return false;
  return !layer.graded || look.levels.has(props.level || 0);
}

/**
 * Point records in the order of drawing.
 * @param tiles from source.tilesWithin  @param origin top left of the screen in world pixels of the zoom
 * @returns {{x, y, layer, level, r, id, name, state, count}[]}
 */
export function symbolsOf(tiles, origin, zoom, look) {
  const found = [];
  for (const layer of look.layers) {
    if (!look.shown.has(layer.name) || layer.shape === "none") continue;
    for (const tile of tiles) {
      for (const feature of tile.data.get(layer.name) || []) {
        const point = feature.geomType === 1 ? feature.geom[0][0] : null;
        if (!point || point.x < 0 || point.y < 0 || point.x >= TILE_SIZE || point.y >= TILE_SIZE) continue;
        const symbol = symbolOf(layer, feature.props, look, zoom);
        if (!symbol) continue;
        symbol.x = point.x * tile.scale + tile.origin.x - origin.x;
        symbol.y = point.y * tile.scale + tile.origin.y - origin.y;
        found.push(symbol);
      }
    }
  }
  const rank = (s) => (s.layer.graded ? 10 + LOOK_ORDER[s.level] : s.r < 5 ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || a.y - b.y);
}

function symbolOf(layer, props, look, zoom) {
  const lone = props.id !== undefined;
  if (lone ? !passes(layer, props, look) : look.township && props.t !== look.township) return null;
  if (!lone) {
    const cell = cellSymbol(layer, props, look, zoom);
    return cell && { layer, id: null, name: "", ...cell };
  }
  const level = layer.graded ? props.level || 0 : 0;
  const r = radius(layer, level, zoom, look.phone);
  if (!r || zoom < (layer.rank_from_zoom[props.rank] || 0)) return null;
  return { layer, level, r, id: props.id, name: props.name || "", state: props.state, count: 1,
    candidate: props.confirmed === false };
}

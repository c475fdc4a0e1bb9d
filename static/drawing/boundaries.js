// Township lines and the county's outline, found from the township polygons of one tile.

const known = new WeakMap();

function union(polygons) {
  const path = new Path2D();
  for (const ring of polygons) {
    ring.forEach((point, i) => (i ? path.lineTo(point.x, point.y) : path.moveTo(point.x, point.y)));
    path.closePath();
  }
  return path;
}

function key(a, b) {
  const one = `${Math.round(a.x * 8)},${Math.round(a.y * 8)}`;
  const two = `${Math.round(b.x * 8)},${Math.round(b.y * 8)}`;
  return one < two ? `${one} ${two}` : `${two} ${one}`;
}

function isInner(context, path, a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const nx = (-(b.y - a.y) / length) * 0.7;
  const ny = ((b.x - a.x) / length) * 0.7;
  const x = (a.x + b.x) / 2;
  const y = (a.y + b.y) / 2;
  return context.isPointInPath(path, x + nx, y + ny) && context.isPointInPath(path, x - nx, y - ny);
}

/** The townships of a tile as one area, without the lines between them. */
export function areaOf(tile) {
  const cached = known.get(tile.data);
  if (cached) return cached.area;
  const area = union((tile.data.get("townships") || []).flatMap((feature) => feature.geom));
  known.set(tile.data, { area });
  return area;
}

/**
 * Lines of a tile, each drawn once although two townships share it.
 * @returns {{area: Path2D, inner: Path2D, outer: Path2D}} in pixels of the data tile
 */
export function boundariesOf(tile) {
  const cached = known.get(tile.data);
  if (cached && cached.inner) return cached;
  const rings = (tile.data.get("townships") || []).flatMap((feature) => feature.geom);
  const area = union(rings);
  const context = document.createElement("canvas").getContext("2d");
  const count = new Map();
  const each = (ring, visit) => { for (let i = 1; i < ring.length; i++) visit(ring[i - 1], ring[i]); };
  for (const ring of rings) each(ring, (a, b) => count.set(key(a, b), (count.get(key(a, b)) || 0) + 1));
  const paths = { inner: new Path2D(), outer: new Path2D() };
  const drawn = new Set();
  for (const ring of rings) {
    let last = "";
    each(ring, (a, b) => {
      const name = key(a, b);
      if (drawn.has(name)) { last = ""; return; }
      drawn.add(name);
      const kind = count.get(name) > 1 || isInner(context, area, a, b) ? "inner" : "outer";
      if (last !== kind) paths[kind].moveTo(a.x, a.y);
      paths[kind].lineTo(b.x, b.y);
      last = kind;
    });
  }
  const found = { area, ...paths };
  known.set(tile.data, found);
  return found;
}

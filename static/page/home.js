// The view of the whole county: as large as the screen allows.

/** A county that is this much larger than the map (in zooms, 0.15 is 11 %) is shown all the same: its rim is cut. */
const CUT = 0.15;

/** The zoom, with fractions, at which bounds just fit into a size in pixels, across and down. */
export function fittingZooms(map, bounds, { x, y }) {
  const [one, other] = [map.project(bounds.getNorthWest(), 0), map.project(bounds.getSouthEast(), 0)];
  return [Math.log2(x / Math.max(1e-9, other.x - one.x)), Math.log2(y / Math.max(1e-9, other.y - one.y))];
}

/** The whole zoom at which the county is shown: on a phone held upright the height is filled rather than the width. */
export function homeZoom(map, bounds, phone) {
  const zooms = fittingZooms(map, bounds, map.getSize().subtract([16, 16]));
  const fits = Math.min(...zooms);
  const wanted = phone ? Math.min(Math.max(...zooms), Math.floor(fits) + 1) : fits + CUT;
  return Math.max(4, Math.min(18, Math.floor(wanted)));
}

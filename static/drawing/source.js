// Where the tiles come from: protomaps-leaflet reads and keeps them, nothing else of the page knows it.

/** The deepest zoom of the data: at Leaflet zoom 15 and above the tile of zoom 14 is enlarged. */
const DEEPEST = 14;

/** Geometry may reach this far over a tile's edge and is then drawn twice. */
export const TILE_SIZE = 512;

/**
 * A reader of the map's vector tiles.
 * @param {(z: number, x: number, y: number) => string} address address of a tile
 * @param {(error: Error | null) => void} heard told after each answer: null is a good one
 */
export function makeView(address, heard) {
  const bytes = {
    async getZxy(z, x, y, signal) {
      try {
        const answer = await fetch(address(z, x, y), { signal });
        if (answer.status === 404) return undefined;
        if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
        const data = await answer.arrayBuffer();
        heard(null);
        return data.byteLength ? { data } : undefined;
      } catch (error) {
        if (error.name !== "AbortError") heard(error);
        throw error;
      }
    },
  };
  const source = new protomapsL.PmtilesSource(bytes, true);
  return new protomapsL.View(new protomapsL.TileCache(source, TILE_SIZE), DEEPEST, 1);
}

/**
 * Every tile of a rectangle of the world at an integer zoom, in CSS pixels of that zoom.
 * A tile that fails is left out, the others are drawn.
 */
export async function tilesWithin(view, zoom, bounds) {
  const wanted = view.dataTilesForBounds(zoom, {
    minX: bounds.min.x, minY: bounds.min.y, maxX: bounds.max.x, maxY: bounds.max.y,
  });
  const inside = wanted.filter((tile) => tile.origin.y >= 0 && tile.origin.y < 256 * 2 ** zoom);
  const got = await Promise.allSettled(inside.map((tile) => view.tileCache.get(tile.dataTile)));
  return inside.flatMap((tile, i) => (got[i].status === "fulfilled" ? [{ ...tile, data: got[i].value }] : []));
}

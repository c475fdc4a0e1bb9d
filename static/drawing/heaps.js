// Icons that would cover each other: the worst is drawn, and a plate says how many records stand behind it.

/** Icons nearer than this share of their two radii cannot be told apart. */
const TOO_NEAR = 0.8;
/** Smaller icons are dots and may touch. */
const SMALLEST = 6;
const CELL = 32;

/**
 * Part the symbols into those that are drawn and those behind them.
 * @param symbols in the order of drawing: the last is the most important
 * @returns {object[]} the drawn ones, in the same order; `behind` is the number of records that each one covers
 */
export function withoutHeaps(symbols) {
  const grid = new Map();
  const key = (x, y) => Math.floor(x / CELL) * 100003 + Math.floor(y / CELL);
  const near = (symbol) => {
    for (const dx of [0, -CELL, CELL]) {
      for (const dy of [0, -CELL, CELL]) {
        const found = (grid.get(key(symbol.x + dx, symbol.y + dy)) || []).find((other) =>
          Math.hypot(other.x - symbol.x, other.y - symbol.y) < TOO_NEAR * (other.r + symbol.r));
        if (found) return found;
      }
    }
    return null;
  };
  const drawn = [];
  for (let i = symbols.length - 1; i >= 0; i--) {
    const symbol = symbols[i];
    symbol.behind = 0;
    const over = symbol.r < SMALLEST ? null : near(symbol);
    if (over) { over.behind += symbol.count; continue; }
    drawn.push(symbol);
    if (symbol.r < SMALLEST) continue;
    const cell = key(symbol.x, symbol.y);
    if (grid.has(cell)) grid.get(cell).push(symbol);
    else grid.set(cell, [symbol]);
  }
  return drawn.reverse();
}

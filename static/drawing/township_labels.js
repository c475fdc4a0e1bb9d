// A township on the map: its name, the bar of its level shares, its index and how much of it is known.

import { haloText } from "./labels.js";
import { hatchPattern, levelColours } from "./tokens.js";

const BAR = 96;
/** Where a label may go instead of its point, the nearest first (px). */
const SHIFTS = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((across) =>
  [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((down) => [across * 26, down * 20]))
  .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));

/** Bar of level shares; `levels` is {"1": n, …, "unknown": n}. */
export function drawShares(context, t, levels, x, y, width, height) {
  const numbers = [1, 2, 3, 4, 0].map((level) => [level, levels[level || "unknown"] || 0]);
  const whole = numbers.reduce((sum, [, n]) => sum + n, 0);
  if (!whole) return;
  context.fillStyle = t.halo;
  context.fillRect(x - 2, y - 2, width + 4, height + 4);
  let left = x;
  for (const [level, n] of numbers) {
    if (!n) continue;
    const part = (width * n) / whole;
    const colours = levelColours(t, level);
    context.fillStyle = level ? colours.fill : hatchPattern(context, t, 1.4, 1.8);
    context.fillRect(left, y, Math.max(1, part - 1), height);
    if (level && colours.edge !== colours.fill) {
      context.strokeStyle = colours.edge;
      context.lineWidth = 0.8;
      context.strokeRect(left + 0.4, y + 0.4, Math.max(0.2, part - 1.8), height - 0.8);
    }
    left += part;
  }
}

/** Draw a township's label where it is free, near its point; where the bar has no room, the name alone. */
export function placeTownship(context, t, taken, label, words, zoom) {
  if (zoom >= 11 && label.data && place(context, t, taken, label, words, zoom, label.data)) return;
  place(context, t, taken, label, words, zoom, null);
}

function place(context, t, taken, label, words, zoom, data) {
  const size = zoom >= 11 ? 18 : 14;
  context.font = `700 ${size}px ${t.font}`;
  context.letterSpacing = "3px";
  const wide = context.measureText(label.name).width;
  const note = data && (data.index === null ? words.index_unknown : `${words.index} ${data.index.toFixed(2)}`)
    + (data ? ` · ${words.known} ${data.known}/${data.total}` : "")
    + (data?.candidates ? ` · ${words.candidates} ${data.candidates}` : "");
  context.letterSpacing = "0px";
  context.font = `400 ${t.small}px ${t.font}`;
  const [width, height] = [data ? Math.max(wide, BAR, context.measureText(note).width) : wide, data ? 50 : 22];
  context.font = `700 ${size}px ${t.font}`;
  context.letterSpacing = "3px";
  const spot = SHIFTS.filter(([dx, dy]) => zoom >= 12 || Math.hypot(dx, dy) < 62).map(([dx, dy]) => ({ x: label.x + dx - width / 2, y: label.y + dy - 14, width, height }))
    .find((box) => taken.free(box));
  if (spot) {
    taken.take({ x: spot.x - 4, y: spot.y - 2, width: width + 8, height: height + 4 });
    const middle = spot.x + width / 2;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    haloText(context, t, label.name, middle + 1.5, spot.y + 18, t.ink);
    context.letterSpacing = "0px";
    if (data) {
      drawShares(context, t, data.levels, Math.round(middle - BAR / 2), Math.round(spot.y + 26), BAR, 4);
      context.font = `400 ${t.small}px ${t.font}`;
      haloText(context, t, note, middle, spot.y + 46, t.ink2);
    }
  }
  context.letterSpacing = "0px";
  return Boolean(spot);
}

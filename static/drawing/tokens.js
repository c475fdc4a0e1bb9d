// The colours and numbers of style/tokens.css, as the canvas needs them.

const NAMES = [
  "land", "panel", "panel2", "ink", "ink2", "ink3", "edge", "halo", "act", "owed", "shelter", "team", "supply",
  "water", "water-label", "township", "county", "plum", "hatch", "contour",
  "road-main", "road-county", "road-village", "road-casing",
  "level1", "level2", "level3", "level4", "on1", "on2", "on3", "on4", "edge1", "edge2", "edge3", "edge4",
];
const NUMBERS = ["casing-main", "casing-county", "casing-village", "contour-thin", "contour-thick", "mask"];

/** Read the theme that the page has now. @returns {Record<string, string|number>} */
export function readTokens() {
  const style = getComputedStyle(document.documentElement);
  const tokens = { font: style.getPropertyValue("--font").trim(), dark: document.documentElement.dataset.theme === "dark" };
  // A print is drawn smaller than its pixels: its smallest text must still have 7 pt.
  tokens.small = document.documentElement.dataset.printing ? 16 : 12;
  for (const name of NAMES) tokens[name] = style.getPropertyValue(`--${name}`).trim();
  for (const name of NUMBERS) tokens[name] = Number(style.getPropertyValue(`--${name}`));
  return tokens;
}

/** Fill colour, ink on it and edge of a level; level 0 is unknown. */
export function levelColours(tokens, level) {
  if (!level) return { fill: tokens.panel2, on: tokens.ink, edge: tokens.ink2 };
  return { fill: tokens[`level${level}`], on: tokens[`on${level}`], edge: tokens[`edge${level}`] };
}

/** A 45° hatch, which means unknown and nothing else: bar and gap in CSS pixels. */
export function hatchPattern(context, tokens, bar = 2, gap = 3, ground = true) {
  const scale = window.devicePixelRatio || 1;
  const pitch = Math.round((bar + gap) * Math.SQRT2 * scale);
  const tile = document.createElement("canvas");
  tile.width = tile.height = pitch;
  const draw = tile.getContext("2d");
  if (ground) {
    draw.fillStyle = tokens.panel2;
    draw.fillRect(0, 0, pitch, pitch);
  }
  draw.strokeStyle = tokens.hatch;
  draw.lineWidth = bar * scale;
  draw.beginPath();
  for (const shift of [-pitch, 0, pitch]) {
    draw.moveTo(shift - pitch * 0.5, pitch * 1.5);
    draw.lineTo(shift + pitch * 1.5, -pitch * 0.5);
  }
  draw.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}

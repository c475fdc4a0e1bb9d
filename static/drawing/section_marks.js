// The ✕, "!" and "?" of road sections: on the section, beside the sites, else out on a leader.

import { along } from "./lines.js";
import { CAUTION, CLOSED, length } from "./sections.js";

const R = 7.2;
/** Shares of the section at which the mark may stand, the middle first. */
const SPOTS = [0.5, 0.4, 0.6, 0.28, 0.72, 0.14, 0.86, 0, 1];
/** How far a leader goes out (px). */
const LEADERS = [20, 28, 38];

function longest(section) {
  return section.parts.reduce((best, part) => (length(part) > length(best) ? part : best));
}

function signOf(section, zoom) {
  if (!section.layer.graded || !section.layer.state) return "";
  if (CLOSED.has(section.state)) return "✕";
  if (zoom < 14) return "";
  return CAUTION.has(section.state) ? "!" : section.state ? "" : "?";
}

function place(line, free) {
  const whole = length(line);
  const spots = SPOTS.map((share) => along(line, share * whole, whole));
  const found = spots.find((spot) => free(spot.x, spot.y));
  if (found) return { x: found.x, y: found.y };
  for (const far of LEADERS) {
    for (const turn of [1, -1, 2, 0]) {
      const angle = spots[0].angle + (turn * Math.PI) / 2;
      const [x, y] = [spots[0].x + Math.cos(angle) * far, spots[0].y + Math.sin(angle) * far];
      if (free(x, y)) return { x, y, from: { x: spots[0].x, y: spots[0].y } };
    }
  }
  return { x: spots[0].x, y: spots[0].y };
}

/** Marks of the sections; `symbols` are the icons that a sign makes way for. */
export function sectionMarks(sections, zoom, symbols) {
  const placed = [];
  const clear = (x, y) => (mark) => Math.hypot(mark.x - x, mark.y - y) > mark.r + R + 1;
  return sections.filter((section) => !section.area).map((section) => {
    const sign = signOf(section, zoom);
    const line = longest(section);
    const free = (x, y) => symbols.every(clear(x, y)) && placed.every(clear(x, y));
    const spot = sign ? place(line, free) : along(line, length(line) / 2, length(line));
    const mark = { ...section, x: spot.x, y: spot.y, from: spot.from, r: sign ? R : 4, sign, count: 1, line: true };
    if (sign) placed.push(mark);
    return mark;
  });
}

function leader(context, t, mark) {
  for (const [colour, width] of [[t.halo, 4], [t.ink, 1.4]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(mark.from.x, mark.from.y);
    context.lineTo(mark.x, mark.y);
    context.stroke();
  }
}

/** The ink disc with its sign. */
export function drawSectionMark(context, t, mark) {
  if (!mark.sign) return;
  context.setLineDash([]);
  if (mark.from) leader(context, t, mark);
  context.beginPath();
  context.arc(mark.x, mark.y, R, 0, 7);
  context.fillStyle = t.ink;
  context.strokeStyle = t.halo;
  context.lineWidth = 3;
  context.stroke();
  context.fill();
  context.strokeStyle = context.fillStyle = t.halo;
  if (mark.sign === "✕") {
    context.lineWidth = 2;
    context.lineCap = "round";
    context.beginPath();
    for (const s of [-1, 1]) {
      context.moveTo(mark.x - 2.7, mark.y - 2.7 * s);
      context.lineTo(mark.x + 2.7, mark.y + 2.7 * s);
    }
    context.stroke();
    return;
  }
  context.font = `700 11px ${t.font}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(mark.sign, mark.x, mark.y + 4);
}

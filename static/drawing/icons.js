// One icon: shape = layer, fill = level. Drawn once on a small canvas and then copied.

import { hatchPattern, levelColours } from "./tokens.js";

const cache = new Map();

/** Forget every icon: the theme has changed. */
export function forgetIcons() {
  cache.clear();
}

function outline(shapes, shape, r) {
  const path = new Path2D();
  // A plus is a disc with a plus in it: the plus is drawn afterwards.
  path.addPath(new Path2D(shapes[shape === "plus" ? "circle" : shape] || shapes.circle), new DOMMatrix().scale(r));
  return path;
}

function digit(context, t, text, r, colour, halo) {
  context.font = `700 ${Math.max(9, 1.1 * r)}px ${t.font}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const y = r * 0.4;
  if (halo) {
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = halo;
    context.strokeText(text, 0, y);
  }
  context.fillStyle = colour;
  context.fillText(text, 0, y);
}

function gradedIcon(context, t, path, spec) {
  const { level, r } = spec;
  const colours = levelColours(t, level);
  context.lineJoin = "round";
  context.strokeStyle = t.halo;
  context.lineWidth = r < 6 ? 2 : 3;
  context.stroke(path);
  const bare = r < 8;
  if (bare && level === 4) {
    context.fillStyle = t.halo;
    context.fill(path);
    context.save();
    context.clip(path);
    context.lineWidth = Math.max(2, 0.68 * r);
    context.strokeStyle = colours.fill;
    context.stroke(path);
    context.restore();
    return;
  }
  context.fillStyle = level ? colours.fill : hatchPattern(context, t);
  context.fill(path);
  if (!level || colours.edge !== colours.fill) {
    context.lineWidth = level ? 1 : 1.5;
    context.strokeStyle = colours.edge;
    context.stroke(path);
  }
  if (!bare || level === 1 || level === 2) {
    digit(context, t, String(level || "?"), r, colours.on, level ? "" : t.panel);
  }
}

function plainIcon(context, t, path, { shape, r }) {
  const colour = { square: t.shelter, star: t.team }[shape] || t.supply;
  context.lineJoin = "round";
  context.strokeStyle = t.halo;
  context.lineWidth = r < 4 ? 2 : 3;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
  if (r < 5) return;
  context.fillStyle = context.strokeStyle = shape === "square" ? t.panel : t.halo;
  if (shape === "square") {
    const u = r / 7.4;
    context.beginPath();
    for (const [x, y] of [[0, -4.4], [4.4, -0.4], [2.8, -0.4], [2.8, 3.8], [-2.8, 3.8], [-2.8, -0.4], [-4.4, -0.4]]) {
      context.lineTo(x * u, y * u);
    }
    context.fill();
  } else if (shape === "plus") {
    context.lineWidth = 1.7;
    context.beginPath();
    context.moveTo(-r * 0.52, 0);
    context.lineTo(r * 0.52, 0);
    context.moveTo(0, -r * 0.52);
    context.lineTo(0, r * 0.52);
    context.stroke();
  }
}

/** A candidate that nobody has confirmed: an empty shape with a thin dashed edge; it claims no level. */
function candidateIcon(context, t, path, { r }) {
  context.lineJoin = "round";
  context.strokeStyle = t.halo;
  context.lineWidth = 3;
  context.stroke(path);
  context.fillStyle = t.panel;
  context.fill(path);
  context.strokeStyle = t.ink2;
  context.lineWidth = 1.2;
  context.setLineDash([2.4, 1.8]);
  context.stroke(path);
  context.setLineDash([]);
  if (r >= 8) digit(context, t, "?", r * 0.9, t.ink2, "");
}

function sprite(t, shapes, spec) {
  const name = `${spec.shape} ${spec.graded ? spec.level : "-"} ${spec.r} ${spec.candidate ? "c" : ""}`;
  const ready = cache.get(name);
  if (ready) return ready;
  const scale = window.devicePixelRatio || 1;
  const half = Math.ceil(spec.r * 1.4) + 4;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = half * 2 * scale;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.translate(half, half);
  const path = outline(shapes, spec.shape, spec.r);
  if (spec.candidate) candidateIcon(context, t, path, spec);
  else (spec.graded ? gradedIcon : plainIcon)(context, t, path, spec);
  const made = { canvas, half };
  cache.set(name, made);
  return made;
}

/**
 * Draw an icon with its centre at (x, y).
 * @param {{shape: string, graded: boolean, level: number, r: number, candidate: boolean}} spec level 0 = unknown
 */
export function drawIcon(context, t, shapes, spec, x, y) {
  const { canvas, half } = sprite(t, shapes, spec);
  const scale = window.devicePixelRatio || 1;
  const snap = (value) => Math.round(value * scale) / scale;
  context.drawImage(canvas, snap(x) - half, snap(y) - half, half * 2, half * 2);
}

function short(number) {
  if (number < 10000) return String(number);
  return document.documentElement.lang === "en" ? `${Math.round(number / 1000)}k` : `${(number / 10000).toFixed(1)}万`;
}

/**
 * A small plate beside the icon: how many records it stands for, and "+n" records that lie behind it.
 * @param {(box) => boolean} free whether a place is free; else the plate stands at the upper right
 */
export function drawCount(context, t, { count, behind, r, x, y }, free) {
  const text = [count > 1 ? short(count) : "", behind ? `+${short(behind)}` : ""].filter(Boolean).join(" ");
  context.font = `700 12px ${t.font}`;
  const width = context.measureText(text).width + 8;
  const spots = [[r * 0.4, -r - 18], [r + 2, -8], [-r * 0.4 - width, -r - 18], [-r - 3 - width, -8],
    [r * 0.4, r + 2], [-r * 0.4 - width, r + 2], [-width / 2, -r - 18], [-width / 2, r + 3],
    [r + 16, -24], [r + 16, 10], [-r - 16 - width, -24], [-r - 16 - width, 10], [-width / 2, -r - 34], [-width / 2, r + 20]];
  const boxes = spots.map(([dx, dy]) => ({ x: Math.round(x + dx), y: Math.round(y + dy), width: width + 1, height: 16 }));
  const box = boxes.find(free) || boxes[0];
  context.setLineDash([]);
  context.fillStyle = t.panel;
  context.strokeStyle = t.edge;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(box.x + 0.5, box.y + 0.5, width, 15, 2);
  context.fill();
  context.stroke();
  context.fillStyle = t.ink;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(text, box.x + 4.5, box.y + 12.5);
  return box;
}

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
  if (spec.candidate) context.globalAlpha = 0.6;
  (spec.graded ? gradedIcon : plainIcon)(context, t, path, spec);
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

/** A small plate with a number of records, at the icon's upper right. */
export function drawCount(context, t, number, r, x, y) {
  const text = number >= 10000 ? `${(number / 10000).toFixed(1)}万` : String(number);
  context.font = `700 12px ${t.font}`;
  const width = context.measureText(text).width + 8;
  const left = Math.round(x + r * 0.55);
  const top = Math.round(y - r * 0.75 - 15);
  context.fillStyle = t.panel;
  context.strokeStyle = t.edge;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left + 0.5, top + 0.5, width, 15, 2);
  context.fill();
  context.stroke();
  context.fillStyle = t.ink;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(text, left + 4.5, top + 12.5);
  return { x: left, y: top, width, height: 16 };
}

// Names that follow a river, and number plates on roads.

import { along } from "./lines.js";
import { haloText } from "./labels.js";

function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

/** Parts of named lines on the screen: [{name, line, length}], `value(props)` gives the name or "". */
export function namedLines(tiles, layer, origin, value) {
  const found = [];
  for (const tile of tiles) {
    for (const feature of tile.data.get(layer) || []) {
      const name = feature.geomType === 2 ? value(feature.props) : "";
      if (!name) continue;
      for (const part of feature.geom) {
        const line = part.map((p) => ({
          x: p.x * tile.scale + tile.origin.x - origin.x, y: p.y * tile.scale + tile.origin.y - origin.y,
        }));
        found.push({ name, line, length: lengthOf(line) });
      }
    }
  }
  return found.sort((a, b) => b.length - a.length);
}

/** Write a river's name along it, italic, letters apart; never upside down, never round a sharp bend. */
export function placeRiver(context, t, taken, river, size = 13) {
  const letters = [...river.name];
  const step = size + 12;
  const needed = step * letters.length;
  for (const share of [0.5, 0.3, 0.7, 0.2, 0.8]) {
    const start = river.length * share - needed / 2;
    if (start < 0 || start + needed > river.length) continue;
    let spots = letters.map((letter, i) => along(river.line, start + step * (i + 0.5), river.length));
    const bend = Math.max(...spots.map((s) => Math.abs(Math.atan2(Math.sin(s.angle - spots[0].angle), Math.cos(s.angle - spots[0].angle)))));
    if (bend > 1) continue;
    if (Math.cos(spots[0].angle) < 0) spots = spots.reverse().map((s) => ({ ...s, angle: s.angle + Math.PI }));
    const boxes = spots.map((s) => ({ x: s.x - size / 2, y: s.y - size / 2, width: size, height: size }));
    if (!boxes.every((box) => taken.free(box))) continue;
    boxes.forEach((box) => taken.take(box));
    context.font = `italic 400 ${size}px ${t.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    letters.forEach((letter, i) => {
      context.save();
      context.translate(spots[i].x, spots[i].y);
      context.rotate(spots[i].angle);
      haloText(context, t, letter, 0, 0, t["water-label"]);
      context.restore();
    });
    return true;
  }
  return false;
}

/** A road's number on a plate. */
export function placeShield(context, t, taken, road, view) {
  context.font = `700 12px ${t.font}`;
  const width = context.measureText(road.name).width + 10;
  for (const share of [0.5, 0.25, 0.75]) {
    const spot = along(road.line, road.length * share, road.length);
    const box = { x: Math.round(spot.x - width / 2), y: Math.round(spot.y - 9), width, height: 18 };
    const inside = box.x > 4 && box.y > 4 && box.x + width < view.width - 4 && box.y + 18 < view.height - 4;
    if (!inside || !taken.free(box)) continue;
    taken.take(box);
    context.fillStyle = t.panel;
    context.strokeStyle = t.edge;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(box.x + 0.5, box.y + 0.5, width - 1, 17, 2);
    context.fill();
    context.stroke();
    context.fillStyle = t.ink;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.fillText(road.name, box.x + width / 2, box.y + 13.4);
    return spot;
  }
  return null;
}

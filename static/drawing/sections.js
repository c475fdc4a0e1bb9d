// Line records: colour = risk, ink pattern = state. Also areas, whose fill is a tint of their level.

import { along, middle, trace } from "./lines.js";
import { passes } from "./symbols.js";
import { hatchPattern, levelColours } from "./tokens.js";

/** Shorter sections are drawn this long (px), so that their pattern can be read. */
const SHORTEST = 17;
const SHORTEST_FAR = 10;

export const CLOSED = new Set(["closed", "封闭"]);
export const CAUTION = new Set(["caution", "restricted", "限行"]);

function onScreen(tile, part, origin) {
  return part.map((point) => ({
    x: point.x * tile.scale + tile.origin.x - origin.x, y: point.y * tile.scale + tile.origin.y - origin.y,
  }));
}

/** Length of a line on the screen (px). */
export function length(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

function readable(line, zoom) {
  const whole = length(line);
  const least = zoom >= 12 ? SHORTEST : SHORTEST_FAR;
  if (whole >= least) return line;
  const centre = middle(line);
  const [dx, dy] = [Math.cos(centre.angle) * least / 2, Math.sin(centre.angle) * least / 2];
  return [{ x: centre.x - dx, y: centre.y - dy }, { x: centre.x, y: centre.y }, { x: centre.x + dx, y: centre.y + dy }];
}

/** Line records that are drawn at this zoom, each with its parts on the screen. */
export function sectionsOf(tiles, origin, zoom, look) {
  const found = new Map();
  for (const layer of look.layers) {
    if (!look.shown.has(layer.name) || zoom < Math.max(layer.graded ? 10 : 11, layer.from_zoom)) continue;
    for (const tile of tiles) {
      for (const feature of tile.data.get(layer.name) || []) {
        if (feature.geomType === 1 || feature.props.id === undefined || !passes(layer, feature.props, look)) continue;
        const name = `${layer.name} ${feature.props.id}`;
        const section = found.get(name) || {
          layer, id: feature.props.id, name: feature.props.name || "", level: feature.props.level || 0,
          state: feature.props.state || "", area: feature.geomType === 3, parts: [],
        };
        for (const part of feature.geom) if (part.length > 1) section.parts.push(onScreen(tile, part, origin));
        found.set(name, section);
      }
    }
  }
  return [...found.values()].filter((section) => section.parts.length);
}

function strokeParts(context, parts, colour, width, dash = [], cap = "butt") {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = cap;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  trace(context, parts);
  context.stroke();
  context.setLineDash([]);
}

function ties(context, t, line, wide) {
  const whole = length(line);
  context.strokeStyle = t.halo;
  context.lineWidth = 2.6;
  context.setLineDash([]);
  for (let at = 3; at < whole - 1; at += 6.5) {
    const { x, y, angle } = along(line, at, whole);
    const [nx, ny] = [-Math.sin(angle) * wide / 2, Math.cos(angle) * wide / 2];
    context.beginPath();
    context.moveTo(x - nx, y - ny);
    context.lineTo(x + nx, y + ny);
    context.stroke();
  }
}

function drawLine(context, t, section, zoom) {
  const parts = section.parts.map((line) => readable(line, zoom));
  const wide = zoom >= 14 ? 5.2 : zoom >= 12 ? 4.2 : 3;
  const colours = levelColours(t, section.level);
  if (!section.layer.graded) {
    // Works such as dikes carry no level: a thin ink line with teeth.
    strokeParts(context, parts, t.halo, 3.4, [], "round");
    strokeParts(context, parts, t.ink2, 4.2, [1, 7]);
    strokeParts(context, parts, t.ink2, 1.2, [], "round");
  } else if (!section.layer.state) {
    strokeParts(context, parts, t.halo, 5, [], "round");
    strokeParts(context, parts, colours.fill, 2.4);
  } else if (CLOSED.has(section.state)) {
    strokeParts(context, parts, t.halo, wide + 4.5);
    strokeParts(context, parts, t.ink, wide + 1.5);
    parts.forEach((line) => ties(context, t, line, wide + 1.5));
  } else if (CAUTION.has(section.state)) {
    strokeParts(context, parts, t.halo, 5.4);
    strokeParts(context, parts, t.ink, 2.6, [5, 3]);
  } else if (section.state && section.level) {
    strokeParts(context, parts, t.halo, wide + 3);
    if (colours.edge !== colours.fill) strokeParts(context, parts, colours.edge, wide + 1.6);
    strokeParts(context, parts, colours.fill, wide);
  } else {
    strokeParts(context, parts, t.halo, wide + 3);
    strokeParts(context, parts, t.hatch, wide, [3, 2]);
  }
}

function drawArea(context, t, section) {
  const colours = levelColours(t, section.level);
  context.beginPath();
  trace(context, section.parts, true);
  if (!section.layer.graded) {
    context.strokeStyle = t.ink3;
  } else if (section.level) {
    context.globalAlpha = 0.16;
    context.fillStyle = colours.fill;
    context.fill("evenodd");
    context.strokeStyle = t.dark ? colours.fill : colours.edge;
  } else {
    context.globalAlpha = 0.75;
    context.fillStyle = hatchPattern(context, t, 1.6, 7.4, false);
    context.fill("evenodd");
    context.strokeStyle = t.ink2;
  }
  context.globalAlpha = 1;
  context.lineWidth = section.layer.graded ? 1.4 : 1;
  context.setLineDash(section.layer.graded ? [] : [4, 2.5]);
  context.stroke();
  context.setLineDash([]);
}

/** Draw all sections and areas; areas lie below lines. */
export function drawSections(context, t, sections, zoom) {
  for (const section of sections) if (section.area) drawArea(context, t, section);
  for (const section of sections) if (!section.area) drawLine(context, t, section, zoom);
}

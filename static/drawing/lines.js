// Strokes over a feature's geometry: the small words in which roads, water and contours are drawn.

/** Put a feature's parts into the canvas' current path. */
export function trace(context, geometry, close = false) {
  for (const part of geometry) {
    for (let i = 0; i < part.length; i++) {
      if (i) context.lineTo(part[i].x, part[i].y);
      else context.moveTo(part[i].x, part[i].y);
    }
    if (close) context.closePath();
  }
}

/** A paint rule's symbolizer that strokes; `style(feature, z)` gives {colour, width, alpha, dash, cap} or null. */
export function stroke(style) {
  return {
    draw(context, geometry, z, feature) {
      const line = style(feature, z);
      if (!line) return;
      context.globalAlpha = line.alpha ?? 1;
      context.strokeStyle = line.colour;
      context.lineWidth = line.width;
      context.lineCap = line.cap || "round";
      context.lineJoin = "round";
      context.setLineDash(line.dash || []);
      context.beginPath();
      trace(context, geometry);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    },
  };
}

/** A symbolizer that fills; `style(feature, z)` gives {colour, alpha} or null. */
export function fill(style) {
  return {
    draw(context, geometry, z, feature) {
      const area = style(feature, z);
      if (!area) return;
      context.globalAlpha = area.alpha ?? 1;
      context.fillStyle = area.colour;
      context.beginPath();
      trace(context, geometry, true);
      context.fill("evenodd");
      context.globalAlpha = 1;
    },
  };
}

/** How much wider a line is drawn than at the county's zoom 12: +25 % a zoom, at most double. */
export function widening(z) {
  return z >= 12 ? Math.min(2, 1 + 0.25 * (z - 12)) : Math.max(0.45, 1 - 0.14 * (12 - z));
}

/** The point halfway along a line and the direction there. */
export function middle(line) {
  let whole = 0;
  for (let i = 1; i < line.length; i++) whole += Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return along(line, whole / 2, whole);
}

/** The point at `distance` along a line. @returns {{x, y, angle, length}} */
export function along(line, distance, whole) {
  let left = distance;
  for (let i = 1; i < line.length; i++) {
    const dx = line[i].x - line[i - 1].x;
    const dy = line[i].y - line[i - 1].y;
    const step = Math.hypot(dx, dy);
    if (left <= step || i === line.length - 1) {
      const share = step ? Math.min(1, left / step) : 0;
      return { x: line[i - 1].x + dx * share, y: line[i - 1].y + dy * share, angle: Math.atan2(dy, dx), length: whole };
    }
    left -= step;
  }
  return { x: line[0].x, y: line[0].y, angle: 0, length: whole };
}

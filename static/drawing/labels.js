// Words on the map: halo, one line, at most ten characters, right – left – below – above, else none.

/** @param {string} text @returns {string} at most ten characters */
export function shortened(text) {
  const letters = [...text];
  return letters.length > 10 && !/^[\x20-\x7e]+$/.test(text) ? `${letters.slice(0, 10).join("")}…` : text.slice(0, 24);
}

/** Write text with a halo of 2 px each side. */
export function haloText(context, t, text, x, y, colour, halo = 4) {
  context.lineJoin = "round";
  context.lineWidth = halo;
  context.strokeStyle = t.halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/**
 * Label a symbol beside it, or not at all.
 * @param {{text, x, y, r, size, bold, colour}} label
 */
export function placeLabel(context, t, taken, label) {
  const size = label.size || 13;
  context.font = `${label.bold ? 700 : 400} ${size}px ${t.font}`;
  const text = shortened(label.text);
  const width = context.measureText(text).width;
  const [gap, high] = [label.r + 5, size + 3];
  const spots = [
    [label.x + gap, label.y - high / 2], [label.x - gap - width, label.y - high / 2],
    [label.x - width / 2, label.y + gap - 1], [label.x - width / 2, label.y - gap - high + 1],
  ];
  for (const [x, y] of spots) {
    const box = { x: x - 2, y: y - 1, width: width + 4, height: high + 2 };
    if (!taken.free(box)) continue;
    taken.take(box);
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    haloText(context, t, text, x, y + size - 0.5, label.colour || t.ink);
    return box;
  }
  return null;
}

// The address after "#": zoom/lat/lon, then what differs from the page's first state.

/** @returns {{view: [number, number, number] | null, state: object}} */
export function readHash(hash) {
  const [place, ...rest] = hash.replace(/^#/, "").split("&");
  const numbers = place.split("/").map(Number);
  const view = numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
  const words = new Map(rest.map((part) => part.split("=").map(decodeURIComponent)));
  const state = {};
  if (words.has("levels")) state.levels = new Set([...words.get("levels")].map((c) => (c === "u" ? 0 : Number(c))));
  if (words.has("layers")) state.shown = new Set(words.get("layers").split(",").filter(Boolean));
  if (words.has("township")) state.township = words.get("township");
  if (["none", "worst", "index"].includes(words.get("overlay"))) state.overlay = words.get("overlay");
  if (["dark", "light"].includes(words.get("theme"))) state.theme = words.get("theme");
  const chosen = /^([a-z_0-9]+)\/(\d+)$/.exec(words.get("site") || "");
  if (chosen) state.selected = { layer: chosen[1], id: Number(chosen[2]) };
  return { view, state };
}

/** The hash for a view and a state; `first` is the state that the page begins with. */
export function writeHash(map, state, first) {
  const centre = map.getCenter();
  const parts = [`${map.getZoom()}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}`];
  const put = (name, value) => parts.push(`${name}=${encodeURIComponent(value)}`);
  if (state.levels.size < 5) put("levels", [...state.levels].sort().map((l) => l || "u").join(""));
  const same = first.shown.size === state.shown.size && [...first.shown].every((name) => state.shown.has(name));
  if (!same) put("layers", [...state.shown].join(","));
  if (state.township) put("township", state.township);
  if (state.overlay !== first.overlay) put("overlay", state.overlay);
  if (state.selected) put("site", `${state.selected.layer}/${state.selected.id}`);
  put("theme", document.documentElement.dataset.theme);
  return `#${parts.join("&")}`;
}

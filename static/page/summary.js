// Counts by layer, level and township: asked once, asked again every half minute, kept when the server is lost.

const EVERY = 30000;

/** Overlay class (0–4) of each township: {code: class}. Townships of which nothing is known have none. */
export function tintsOf(townships, overlay) {
  if (overlay === "none") return {};
  const entries = townships.map((one) => [one.code, overlay === "worst" ? one.worst : one.index])
    .filter(([, value]) => value !== null && value !== undefined);
  if (overlay === "worst") return Object.fromEntries(entries.map(([code, worst]) => [code, [4, 3, 1, 0][worst - 1]]));
  const values = entries.map(([, value]) => value);
  const least = Math.min(...values);
  const spread = Math.max(...values) - least;
  return Object.fromEntries(entries.map(([code, value]) =>
    [code, spread ? Math.min(4, Math.floor(((value - least) / spread) * 5)) : 2]));
}

/**
 * Ask for the counts now and then.
 * @param {string} address  @param {() => string} township code or ""
 * @param {(summary: object) => void} heard  @param {(error: Error|null) => void} lost
 */
export function watchSummary(address, township, heard, lost) {
  const ask = async () => {
    const wanted = township();
    try {
      const answer = await fetch(wanted ? `${address}?township=${encodeURIComponent(wanted)}` : address);
      if (!answer.ok) throw new Error(String(answer.status));
      const summary = await answer.json();
      if (wanted !== township()) return;
      lost(null);
      heard(summary);
    } catch (error) {
      lost(error);
    }
  };
  window.setInterval(ask, EVERY);
  return ask;
}

/** Sum of the levels over the graded layers: {"1": n, …, "unknown": n}. */
export function levelTotals(layers) {
  const sum = { 1: 0, 2: 0, 3: 0, 4: 0, unknown: 0 };
  for (const layer of layers) {
    if (!layer.graded) continue;
    for (const level of Object.keys(sum)) sum[level] += layer.levels[level] || 0;
  }
  return sum;
}

// What the page shows now. One object; whoever wants to know of changes listens.

/**
 * @typedef {object} State
 * @property {Set<number>} levels 1–4, 0 = unknown
 * @property {Set<string>} shown names of layers, also "contours" and "relief"
 * @property {string} township code, "" = the whole county
 * @property {"none"|"worst"|"index"} overlay
 * @property {{layer, id, name?, level?, lon?, lat?}|null} selected
 */

/** @returns {{get: () => State, set: (change: Partial<State>) => void, listen: (heard: Function) => void}} */
export function makeState(first) {
  let now = first;
  const listeners = [];
  return {
    get: () => now,
    set(change) {
      const before = now;
      now = { ...now, ...change };
      for (const heard of listeners) heard(now, before);
    },
    listen: (heard) => listeners.push(heard),
  };
}

/** A set with one member put in or taken out. */
export function toggled(set, member, present) {
  const next = new Set(set);
  if (present) next.add(member);
  else next.delete(member);
  return next;
}

// The map by keyboard: "/" search, Enter nearest, [ ] by rank, Esc closes. Arrows, + and − are Leaflet's own.

const RANK = { 1: 0, 2: 1, 3: 2, 4: 3, 0: 4 };

function typing(element) {
  return element instanceof HTMLElement && (element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea"));
}

/** Records on the screen that can be opened, worst first, then from north to south. */
function ranked(marks) {
  return marks.filter((mark) => mark.id !== null && mark.layer.graded)
    .sort((a, b) => RANK[a.level] - RANK[b.level] || a.y - b.y || a.x - b.x);
}

/** @param {{map, state, marksHere, open, close}} hands */
export function startKeyboard({ map, state, marksHere, open, close }) {
  const box = map.getContainer();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { if (!typing(event.target)) close(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search").focus();
    } else if (event.key === "[" || event.key === "]") {
      const list = ranked(marksHere());
      if (!list.length) return;
      const chosen = state.get().selected;
      const at = chosen ? list.findIndex((mark) => mark.layer.name === chosen.layer && mark.id === chosen.id) : -1;
      const step = event.key === "]" ? 1 : -1;
      const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
      open({ layer: list[next].layer.name, id: list[next].id });
    } else if (event.key === "Enter" && event.target === box) {
      const size = map.getSize();
      const far = (mark) => Math.hypot(mark.x - size.x / 2, mark.y - size.y / 2);
      const nearest = marksHere().filter((mark) => mark.id !== null).sort((a, b) => far(a) - far(b))[0];
      if (nearest) open({ layer: nearest.layer.name, id: nearest.id });
    }
  });
}

// Search by name, code or pinyin initials: "/" goes there, arrows choose, Enter opens.

const WAIT = 160;

/** @param {string} address  @param {object} page  @param {(found: object) => void} open */
export function startSearch(address, page, open) {
  const input = document.getElementById("search");
  const list = document.getElementById("search-results");
  const paths = new Map(page.layers.map((layer) => [layer.name, layer]));
  // A phone has no room for the example.
  if (window.innerWidth <= 760) input.placeholder = page.words.search_short;
  let results = [];
  let at = -1;
  let timer = 0;
  let round = 0;
  let answered = "";
  let eager = false;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    answered = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const choose = (index) => {
    const found = results[index];
    if (!found) return;
    close();
    input.value = found.name;
    open(found);
  };
  const mark = (index) => {
    at = (index + results.length) % results.length;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", i === at));
    input.setAttribute("aria-activedescendant", `result-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (message) => {
    list.replaceChildren(...(message ? [sentence(message)] : results.map((one, i) => row(one, i, paths, page, choose))));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const text = input.value.trim();
    const mine = ++round;
    if (!text) { close(); return; }
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}&limit=12`);
      if (!answer.ok) throw new Error(String(answer.status));
      const body = await answer.json();
      if (mine !== round) return;
      results = body.results;
      at = -1;
      answered = text;
      show(results.length ? "" : page.words.nothing_found);
      if (eager && results.length) choose(0);
      eager = false;
    } catch {
      if (mine === round) show(page.words.search_lost);
    }
  };
  /** Enter opens the marked row, or the first one as soon as the answer to this very text is here. */
  const enter = () => {
    if (answered === input.value.trim()) { choose(Math.max(at, 0)); return; }
    eager = true;
    window.clearTimeout(timer);
    ask();
  };
  input.addEventListener("input", () => { eager = false; window.clearTimeout(timer); timer = window.setTimeout(ask, WAIT); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && results.length && !list.hidden) mark(at + 1);
    else if (event.key === "ArrowUp" && results.length && !list.hidden) mark(at < 0 ? results.length - 1 : at - 1);
    else if (event.key === "Enter") enter();
    else if (event.key === "Escape") { close(); input.blur(); return; }
    else return;
    event.preventDefault();
  });
  input.form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => { if (!input.form.contains(event.target)) close(); });
}

function sentence(text) {
  const item = document.createElement("li");
  item.className = "sentence";
  item.textContent = text;
  return item;
}

function row(found, index, layers, page, choose) {
  const item = document.createElement("li");
  item.id = `result-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const layer = layers.get(found.layer);
  const level = page.levels[found.level || 0];
  const chip = document.createElement("span");
  if (layer && layer.graded) {
    chip.className = `chip l${level.key}`;
    chip.textContent = level.chip;
  }
  const name = document.createElement("b");
  name.textContent = found.name;
  const note = document.createElement("small");
  note.textContent = [layer ? layer.title : found.layer, found.code].filter(Boolean).join(" · ");
  item.append(chip, name, note);
  item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(index); });
  return item;
}

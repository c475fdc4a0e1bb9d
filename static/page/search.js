// Search by name, code or pinyin initials: "/" goes there, arrows choose, Enter opens.

const WAIT = 160;

/** The box, its list, and the answer that stands in it. */
class Search {
  constructor(address, page, open) {
    Object.assign(this, { address, page, open, results: [], at: -1, timer: 0, round: 0, answered: "", eager: false });
    this.input = document.getElementById("search");
    this.list = document.getElementById("search-results");
    this.layers = new Map(page.layers.map((layer) => [layer.name, layer]));
    // A phone has no room for the example.
    if (window.innerWidth <= 760) this.input.placeholder = page.words.search_short;
  }

  close() {
    this.round++;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.answered = "";
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    const found = this.results[index];
    if (!found) return;
    this.close();
    this.input.value = found.name;
    this.open(found);
  }

  mark(index) {
    if (this.list.hidden || !this.results.length) return;
    this.at = (index + this.results.length) % this.results.length;
    [...this.list.children].forEach((one, i) => one.setAttribute("aria-selected", i === this.at));
    this.input.setAttribute("aria-activedescendant", `result-${this.at}`);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  show(message) {
    const rows = this.results.map((one, i) => row(one, i, this.layers, this.page, (index) => this.choose(index)));
    this.list.replaceChildren(...(message ? [sentence(message)] : rows));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  later() {
    this.eager = false;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const text = this.input.value.trim();
    const mine = ++this.round;
    if (!text) { this.close(); return; }
    let results = null;
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(text)}&limit=12`);
      if (answer.ok) results = (await answer.json()).results;
    } catch { /* said below */ }
    if (mine !== this.round) return;
    this.results = results || [];
    this.at = -1;
    this.answered = text;
    if (!results) this.show(this.page.words.search_lost);
    else this.show(results.length ? "" : this.page.words.nothing_found);
    if (this.eager) this.choose(0);
    this.eager = false;
  }

  /** Enter opens the marked row, or the first one as soon as the answer to this very text is here. */
  enter() {
    if (this.answered === this.input.value.trim()) { this.choose(Math.max(this.at, 0)); return; }
    this.eager = true;
    window.clearTimeout(this.timer);
    this.ask();
  }
}

/** @param {string} address  @param {object} page  @param {(found: object) => void} open */
export function startSearch(address, page, open) {
  const search = new Search(address, page, open);
  const { input } = search;
  const keys = {
    ArrowDown: () => search.mark(search.at + 1),
    ArrowUp: () => search.mark(search.at < 0 ? -1 : search.at - 1),
    Enter: () => search.enter(),
    Escape: () => { search.close(); input.blur(); },
  };
  input.addEventListener("input", () => search.later());
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => { if (!input.form.contains(event.target)) search.close(); });
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

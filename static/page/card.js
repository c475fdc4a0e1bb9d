// The card of one record: asked from the server, docked at the right, a sheet from below on a phone.

const WAIT_BEFORE_SAYING = 400;

/** @returns {{open(site), close()}} `closed` is told when the card goes away by the user's hand */
export function makeCard(address, words, told) {
  const dock = document.getElementById("card");
  let round = 0;
  let before = null;

  const show = (html) => {
    dock.innerHTML = html;
    dock.hidden = false;
    document.body.classList.add("with-card");
    dock.querySelector("[data-close]")?.addEventListener("click", () => told.close());
    dock.querySelector("[data-copy]")?.addEventListener("click", () => told.copy());
    dock.querySelector("[data-history]")?.addEventListener("click", (event) => showHistory(event, dock));
    startSheet(dock, told.close);
  };
  return {
    /** Show the card of a record; the last one stays until the new one is here. */
    async open(site, focus = true) {
      const mine = ++round;
      if (dock.hidden || !before) before = document.activeElement;
      const timer = window.setTimeout(() => dock.classList.add("waiting"), WAIT_BEFORE_SAYING);
      try {
        const answer = await fetch(`${address}/${site.layer}/${site.id}?lang=${document.documentElement.lang.slice(0, 2)}`);
        if (mine !== round) return;
        if (answer.status === 404) { show(message(words.card_gone, words)); return; }
        if (!answer.ok) throw new Error(String(answer.status));
        const html = await answer.text();
        if (mine !== round) return;
        show(html);
        dock.scrollTop = 0;
        told.shown(dock.querySelector("[data-lon]")?.dataset || {});
        if (focus) dock.focus({ preventScroll: true });
      } catch {
        if (mine === round) show(message(words.card_lost, words));
      } finally {
        window.clearTimeout(timer);
        if (mine === round) dock.classList.remove("waiting");
      }
    },
    /** Take the card away and give the focus back to where it was. */
    close() {
      round++;
      if (dock.hidden) return;
      const inside = dock.contains(document.activeElement);
      dock.hidden = true;
      dock.replaceChildren();
      document.body.classList.remove("with-card");
      if (inside) (before && before.isConnected ? before : document.querySelector(".folium-map")).focus({ preventScroll: true });
    },
  };
}

/** The hash belongs to the map: the link to the history opens and shows it by hand. */
function showHistory(event, dock) {
  event.preventDefault();
  const history = dock.querySelector("#grade-history");
  history.open = true;
  history.scrollIntoView({ block: "center" });
  history.querySelector("summary").focus({ preventScroll: true });
}

function message(text, words) {
  const box = document.createElement("p");
  box.className = "boxed";
  box.textContent = text;
  return `<div class="head"><button type="button" class="close" data-close aria-label="${words.close}">✕</button></div>${box.outerHTML}`;
}

/** On a phone the sheet stands at 50 %, drags to 92 %, and goes away when it is dragged down. */
function startSheet(dock, close) {
  const [grip, head] = [dock.querySelector(".grip"), dock.querySelector(".head")];
  if (!grip) return;
  for (const handle of [grip, head]) startDragging(dock, handle, close);
  grip.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") dock.classList.toggle("tall");
  });
}

function startDragging(dock, grip, close) {
  let from = null;
  const high = () => dock.getBoundingClientRect().height;
  grip.addEventListener("pointerdown", (event) => {
    if (event.target.closest("[data-close]") || getComputedStyle(dock).position !== "fixed") return;
    from = { y: event.clientY, high: high() };
    grip.setPointerCapture(event.pointerId);
    dock.classList.add("dragged");
  });
  grip.addEventListener("pointermove", (event) => {
    if (from) dock.style.height = `${Math.min(window.innerHeight * 0.92, from.high + from.y - event.clientY)}px`;
  });
  grip.addEventListener("pointerup", (event) => {
    if (!from) return;
    const moved = Math.abs(event.clientY - from.y);
    const share = high() / window.innerHeight;
    from = null;
    dock.classList.remove("dragged");
    dock.style.height = "";
    if (moved < 6 && grip.matches(".grip")) dock.classList.toggle("tall");
    else if (moved < 6) return;
    else if (share < 0.3) close();
    else dock.classList.toggle("tall", share > 0.68);
  });
}

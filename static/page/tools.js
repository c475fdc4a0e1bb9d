// Buttons on the map: zoom, the whole county, print, copy the link; on a phone layers and position.

/** @param {{map, home: Function, print: Function, say: Function, words: object}} hands */
export function startTools({ map, home, print, say, words }) {
  const on = (id, act) => document.getElementById(id).addEventListener("click", act);
  on("zoom-in", () => map.zoomIn());
  on("zoom-out", () => map.zoomOut());
  on("home", home);
  on("print", print);
  on("permalink", async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      say(words.copied);
    } catch {
      say(window.location.href);
    }
  });
  const drawer = document.getElementById("layers-button");
  const panel = document.getElementById("panel");
  drawer.addEventListener("click", () => {
    const open = panel.classList.toggle("open");
    drawer.setAttribute("aria-expanded", open);
  });
  map.on("click", () => { panel.classList.remove("open"); drawer.setAttribute("aria-expanded", false); });
  on("locate", () => {
    if (!window.isSecureContext || !navigator.geolocation) { say(words.no_position); return; }
    navigator.geolocation.getCurrentPosition(
      (found) => map.setView([found.coords.latitude, found.coords.longitude], Math.max(14, map.getZoom())),
      () => say(words.no_position), { timeout: 8000 },
    );
  });
}

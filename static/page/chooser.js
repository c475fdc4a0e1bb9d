// Several records under one click: a short list, worst first.

/** Show the list at a point of the map; `open` is told which one. */
export function showChooser(features, point, page, open) {
  const box = document.getElementById("chooser");
  const layers = new Map(page.layers.map((layer) => [layer.name, layer]));
  const title = document.createElement("h2");
  title.textContent = page.words.several_here.replace("{n}", features.length);
  const rows = features.slice(0, 12).map((feature) => {
    const button = document.createElement("button");
    button.type = "button";
    const layer = layers.get(feature.layer);
    const level = page.levels[feature.level || 0];
    const chip = document.createElement("span");
    if (layer.graded) {
      chip.className = `chip l${level.key}`;
      chip.textContent = level.chip;
    }
    const name = document.createElement("b");
    name.textContent = feature.name;
    const note = document.createElement("small");
    note.textContent = layer.title;
    button.append(chip, name, note);
    button.addEventListener("click", () => { hideChooser(); open(feature); });
    return button;
  });
  box.replaceChildren(title, ...rows);
  box.hidden = false;
  const space = box.parentElement.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(point.x + 12, space.width - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(point.y + 12, space.height - box.offsetHeight - 8))}px`;
  rows[0].focus();
}

/** Take the list away. @returns {boolean} whether it was there */
export function hideChooser() {
  const box = document.getElementById("chooser");
  const was = !box.hidden;
  box.hidden = true;
  return was;
}

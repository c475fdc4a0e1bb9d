// Dark and light. The browser remembers.

const YEAR = 365 * 86400;

/** @param {(theme: string) => void} changed told after the page has its new colours */
export function startTheme(words, changed) {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const show = () => { button.textContent = words[root.dataset.theme]; };
  const set = (theme, keep = true) => {
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    if (keep) document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
    show();
    changed(theme);
  };
  button.addEventListener("click", () => set(root.dataset.theme === "dark" ? "light" : "dark"));
  show();
  return set;
}

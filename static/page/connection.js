// What the page says by itself: the server is lost, a link is copied, when the data were graded.

const PARTS = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** 07-14 14:32 in the county's time, whatever clock the browser has. */
export function clock(moment) {
  const parts = Object.fromEntries(PARTS.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** A sentence at the foot of the map, for four seconds. */
export function makeVoice() {
  const place = document.getElementById("said");
  let timer = 0;
  return (text) => {
    place.textContent = text;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { place.textContent = ""; }, 4000);
  };
}

const ASK_AGAIN = 3000;

/**
 * Connection to the server: a sentence in the bar as long as it is lost, the last state stays.
 * @param {() => void} ask asks the server something, every three seconds as long as it is lost
 * @param {() => void} back told once when it answers again
 */
export function makeConnection(words, ask, back) {
  const place = document.querySelector(".lost");
  let since = null;
  let timer = 0;
  return (error) => {
    const was = since;
    since = error ? since || new Date() : null;
    window.clearTimeout(timer);
    if (since) timer = window.setTimeout(ask, ASK_AGAIN);
    else if (was) back();
    place.hidden = !since;
    place.textContent = since ? `${words.lost} · ${words.data_stopped} ${clock(since)}` : "";
    document.body.classList.toggle("stale", Boolean(since));
  };
}

/** Write version and times of a summary where the page shows them. */
export function showTimes(summary, words) {
  const graded = summary.graded_at ? clock(new Date(summary.graded_at)) : words.never;
  document.getElementById("graded-at").textContent = graded;
  document.getElementById("read-at").textContent = clock(new Date());
  for (const place of document.querySelectorAll("[data-time]")) {
    place.textContent = graded;
    place.dataset.full = summary.graded_at ? `${new Date(summary.graded_at).toLocaleDateString("en-CA", { timeZone: "Asia/Shanghai", year: "numeric" })}-${graded}` : graded;
  }
  for (const place of document.querySelectorAll("[data-sources]")) {
    place.textContent = summary.sources?.length ? `${words.sources} ${summary.sources.join(" · ")}` : "";
    place.title = place.textContent;
  }
  for (const place of document.querySelectorAll("[data-version]")) place.textContent = summary.version;
}

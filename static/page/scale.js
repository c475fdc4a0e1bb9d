// Scale bar, coordinates of the pointer, ratio of the scale.

/** Pixels of 0.264 583 mm (96 a inch), as CSS defines them. */
const PIXEL_M = 0.0254 / 96;

/** 117 634 → "1:118 000". */
function rounded(number) {
  return `1:${Math.round(number / 1000).toLocaleString("en").replace(/,/g, " ")} 000`;
}

/** Keep bar, coordinates and ratio up to date. */
export function startScale(map) {
  const bar = document.querySelector(".scalebar");
  const ratio = document.getElementById("ratio");
  const place = document.getElementById("coordinates");
  const perPixel = () => (40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  const update = () => {
    // A print is drawn smaller or larger than its pixels.
    const printed = Number(document.documentElement.dataset.printing || 1);
    const metres = perPixel() / printed;
    const wanted = metres * (window.innerWidth <= 760 ? 90 : 170);
    const step = 10 ** Math.floor(Math.log10(wanted));
    const whole = [5, 2, 1].map((n) => n * step).find((n) => n <= wanted);
    bar.style.width = `${whole / metres}px`;
    const text = (m) => (whole >= 1000 ? `${m / 1000}` : `${m}`);
    document.getElementById("scale-half").textContent = text(whole / 2);
    document.getElementById("scale-full").textContent = `${text(whole)} ${whole >= 1000 ? "km" : "m"}`;
    ratio.textContent = rounded(metres / PIXEL_M);
    ratio.dataset.large = rounded(metres / PIXEL_M / Math.SQRT2);
  };
  const write = (where) => {
    const side = (value, plus, minus) => `${Math.abs(value).toFixed(4)}°${value < 0 ? minus : plus}`;
    place.textContent = `${side(where.lng, "E", "W")} ${side(where.lat, "N", "S")}`;
  };
  map.on("zoomend moveend", () => { update(); write(map.getCenter()); });
  map.on("mousemove", (event) => write(event.latlng));
  update();
  write(map.getCenter());
}

// A press on the drawing sets the pin: its coordinates go into the place form, for "Set the place".
// The drawing puts a thing at distance d km at scale * sqrt(d) pixels from the middle: the farther
// out, the coarser a press. How coarse goes with it, so that a coarse pin is asked about.

const KM_PER_DEGREE = 111.2;
const PRESS_PX = 3;
const FINEST_M = 20;
const form = document.querySelector("input[name=pinned]")?.form;

document.addEventListener("click", (event) => {
  const map = event.target.closest?.("svg.map");
  if (!map || !form) return;
  const toDrawing = map.getScreenCTM().inverse();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(toDrawing);
  const { lat, lon, scale } = map.dataset;
  const [x, y] = [at.x - 150, 150 - at.y];
  const stretch = Math.hypot(x, y) / Number(scale) ** 2 / KM_PER_DEGREE;
  const pinLat = Number(lat) + y * stretch;
  const pinLon = Number(lon) + (x * stretch) / Math.cos((Number(lat) * Math.PI) / 180);
  form.elements.place.value = `${pinLat.toFixed(5)}, ${pinLon.toFixed(5)}`;
  form.elements.datum.value = "wgs84";
  form.elements.pinned.value = "on";
  form.elements.accuracy_m.value = coarseness(Math.hypot(x, y), Number(scale), Math.abs(toDrawing.a));
  draw(map, at);
});

// d = (r / scale)^2 km, so a pixel of the drawing is 2 r / scale^2 km there.
function coarseness(r, scale, drawingPerScreen) {
  const metresPerPixel = (2000 * r * drawingPerScreen) / scale ** 2;
  return Math.round(Math.min(Math.max(FINEST_M, PRESS_PX * metresPerPixel), 100000));
}

// Typing again takes the pin back: the coordinates are then the typed ones.
form?.elements.place.addEventListener("input", () => {
  form.elements.pinned.value = "";
  form.elements.accuracy_m.value = "";
  document.querySelector(".pin")?.remove();
});

function draw(map, at) {
  map.querySelector(".pin")?.remove();
  const pin = document.createElementNS("http://www.w3.org/2000/svg", "path");
  pin.setAttribute("class", "pin");
  pin.setAttribute("d", `M ${at.x} ${at.y} l -6 -12 a 6.7 6.7 0 1 1 12 0 z`);
  map.append(pin);
}

// Sends the phone's position after a press on the button: waits for a good fix, at most 20 s, and
// sends the best there is. Without https, or inside an app that does not allow it, the other ways
// of the page remain.

const LONGEST_MS = 20000;
const GOOD_ENOUGH_M = 200;
const REFUSED = 1;

const form = document.getElementById("fix");
const button = document.getElementById("locate");
const sendNow = document.getElementById("send-now");
const failed = document.getElementById("locate-failed");
const locating = document.getElementById("locating");
const accuracy = document.getElementById("accuracy");

let best = null;
let watch = null;
let timer = 0;

function stop() {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  clearTimeout(timer);
  watch = null;
}

function send() {
  stop();
  const { coords, timestamp } = best;
  form.elements.lat.value = coords.latitude;
  form.elements.lon.value = coords.longitude;
  form.elements.accuracy_m.value = Math.min(coords.accuracy, 100000);
  // How old, not when: the hour this phone believes it to be may be wrong.
  form.elements.age_ms.value = Math.max(0, Date.now() - timestamp);
  sendNow.disabled = true;
  form.submit();
}

function give(up) {
  stop();
  failed.hidden = !up;
  locating.hidden = true;
  sendNow.hidden = true;
  button.disabled = false;
  if (up) button.textContent = button.dataset.again;
}

function seen(fix) {
  if (best === null || fix.coords.accuracy <= best.coords.accuracy) best = fix;
  accuracy.textContent = `±${Math.round(best.coords.accuracy)} m`;
  if (best.coords.accuracy <= GOOD_ENOUGH_M) send();
  else sendNow.hidden = false;
}

function wentWrong(error) {
  // Anything but a refusal may still turn into a fix while there is time.
  if (error.code === REFUSED) give(true);
}

function start() {
  best = null;
  failed.hidden = true;
  locating.hidden = false;
  button.disabled = true;
  watch = navigator.geolocation.watchPosition(seen, wentWrong, { enableHighAccuracy: true, maximumAge: 0 });
  timer = setTimeout(() => (best === null ? give(true) : send()), LONGEST_MS);
}

if (!window.isSecureContext || !("geolocation" in navigator)) failed.hidden = false;
else {
  button.hidden = false;
  button.addEventListener("click", start);
  sendNow.addEventListener("click", send);
}

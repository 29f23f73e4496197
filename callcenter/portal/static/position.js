// The station shares where its truck is: from one press on, while it is under way, a position at
// most every 30 s, without loading the page anew. What was pressed for a job outlives a reload.
// Without a line the outbox keeps it. At the arrival it ends, also one that is not sent yet.

import { isKeeping, keep } from "./outbox.js";

const EVERY_MS = 30000;

const form = document.querySelector("form[data-position]");
if (form !== null && window.isSecureContext && "geolocation" in navigator) {
  const pressed = `position:${form.dataset.position}`;
  const button = form.querySelector("button");
  const shared = form.querySelector("[data-shared]");
  const failed = form.querySelector("[data-failed]");
  let watch = null;
  let sentAt = -Infinity;

  const show = (well) => {
    shared.hidden = !well;
    failed.hidden = well;
    button.hidden = well;
  };

  const isOver = () => !form.isConnected || form.closest("[hidden]") !== null;

  const stop = () => {
    navigator.geolocation.clearWatch(watch);
    watch = null;
  };

  const send = async ({ coords, timestamp }) => {
    if (isOver()) return stop();
    if (performance.now() - sentAt < EVERY_MS) return;
    const before = sentAt;
    sentAt = performance.now();
    const body = new FormData(form);
    body.set("lat", coords.latitude);
    body.set("lon", coords.longitude);
    body.set("accuracy_m", Math.min(coords.accuracy, 100000));
    body.set("age_ms", Math.max(0, Date.now() - timestamp));
    try {
      if (isKeeping) await keep(body, "position", button.textContent);
      else if (!(await goesThrough(body))) return stop();
      show(true);
    } catch {
      sentAt = before; // No line: the next fix tries again.
    }
  };

  // The page it would lead to is not wanted: that it leads there says that it was taken.
  const goesThrough = async (body) => {
    body.set("idempotency_key", crypto.randomUUID());
    const how = { method: "POST", body: new URLSearchParams(body), redirect: "manual" };
    const answer = await fetch(location.pathname, how);
    return answer.type === "opaqueredirect" || answer.status >= 500;
  };

  const start = () => {
    sessionStorage.setItem(pressed, "on");
    failed.hidden = true;
    if (watch !== null) return;
    watch = navigator.geolocation.watchPosition(
      send,
      (error) => { if (error.code === 1) { stop(); show(false); } },
      { enableHighAccuracy: true, maximumAge: 0 },
    );
  };

  setInterval(() => { if (watch !== null && isOver()) stop(); }, 1000);
  button.hidden = false;
  button.addEventListener("click", start);
  if (sessionStorage.getItem(pressed) === "on") start();
}

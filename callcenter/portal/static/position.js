// The station shares where its truck is: from one press on, while it is under way, a position at
// most every 30 s, without loading the page anew. What was pressed for a job outlives a reload.

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

  const stop = () => {
    navigator.geolocation.clearWatch(watch);
    watch = null;
  };

  const send = async ({ coords, timestamp }) => {
    if (!form.isConnected) return stop();
    if (performance.now() - sentAt < EVERY_MS) return;
    const before = sentAt;
    sentAt = performance.now();
    const body = new URLSearchParams(new FormData(form));
    body.set("idempotency_key", crypto.randomUUID());
    body.set("lat", coords.latitude);
    body.set("lon", coords.longitude);
    body.set("accuracy_m", Math.min(coords.accuracy, 100000));
    body.set("age_ms", Math.max(0, Date.now() - timestamp));
    try {
      // The page it would lead to is not wanted: that it leads there says that it was taken.
      const answer = await fetch(location.pathname, { method: "POST", body, redirect: "manual" });
      if (answer.type === "opaqueredirect") show(true);
      else if (answer.status < 500) stop();
    } catch {
      sentAt = before; // No line: the next fix tries again.
    }
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

  button.hidden = false;
  button.addEventListener("click", start);
  if (sessionStorage.getItem(pressed) === "on") start();
}

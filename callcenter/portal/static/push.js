// The phone takes up the service worker, and, when somebody wants it, is told of offers by push
// while duty is on: also with the page closed or the screen dark. What was wanted is remembered for
// the next duty; the browser's own consent stays the browser's.

const WANTED = "push";
const UPDATE_MS = 3600000;

const part = document.querySelector("[data-push]");
const [button, said] = [part.querySelector("button"), part.querySelector("[role=status]")];
const registering = "serviceWorker" in navigator
  ? navigator.serviceWorker.register("/station/worker.js", { scope: "/station" }).catch(() => null)
  : Promise.resolve(null);
const isPossible = part.dataset.push !== "" && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
let isOn = false;

// Duty has begun or ended on this phone.
export async function dutyIs(on) {
  if (!isPossible) return;
  part.hidden = !on;
  if (!on) await end();
  else if (localStorage.getItem(WANTED) === "on" && Notification.permission === "granted") await begin();
  show();
}

async function begin() {
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    if ((await registering) === null) return say("failed");
    // A worker that is still being installed takes no subscription.
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(part.dataset.push),
    });
    const refused = await send("on", subscription);
    if (refused !== null) {
      await subscription.unsubscribe();
      return say("failed", refused);
    }
    isOn = true;
    localStorage.setItem(WANTED, "on");
    say("");
  } catch {
    say("failed");
  }
}

async function end() {
  isOn = false;
  say("");
  const subscription = await (await registering)?.pushManager?.getSubscription();
  if (!subscription) return;
  await send("off", subscription);
  await subscription.unsubscribe();
}

// Null when it was taken, else why not.
async function send(action, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const body = new URLSearchParams({
    action,
    endpoint,
    p256dh: keys.p256dh,
    auth: keys.auth,
    csrf_token: document.querySelector("[name=csrf_token]").value,
    idempotency_key: crypto.randomUUID(),
  });
  const headers = { Accept: "application/json" };
  const answer = await fetch("/station/push", { method: "POST", body, headers, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.ok) return null;
  return (await answer.json().catch(() => ({}))).detail ?? "";
}

function say(what, why = "") {
  said.textContent = what === "" ? "" : why || part.dataset[what];
}

function show() {
  button.textContent = isOn ? part.dataset.turnOff : part.dataset.turnOn;
  part.querySelector("[data-told]").hidden = !isOn;
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

button.addEventListener("click", async () => {
  button.disabled = true;
  if (isOn) {
    localStorage.removeItem(WANTED);
    await end();
  } else await begin();
  button.disabled = false;
  show();
});
// A page that stays open for days finds a new version, too.
setInterval(async () => (await registering)?.update().catch(() => {}), UPDATE_MS);

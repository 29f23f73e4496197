// The stage of a job as this phone has last seen it, so that its buttons are there when the page is
// opened without a line. Kept under the page's path: the stage, when, and how wrong the phone's clock
// is; nothing of anybody. What is pressed upon it goes the outbox's way, and may be refused.

const KEPT_MS = 24 * 3600000;
const BEGIN = "stage:";
const GOES_ON = ["accepted", "departed", "arrived"];

const key = BEGIN + location.pathname;
const steps = document.getElementById("steps");
const isShell = document.getElementById("no-line") !== null;
const kept = isShell ? read(key) : null;

// Of this phone's clock, in milliseconds. The shell was written long ago and does not know the time.
export const ahead = isShell ? kept?.ahead ?? 0 : Number(document.getElementById("outbox").dataset.now) - Date.now();

function read(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "null");
    return found !== null && Date.now() - found.at < KEPT_MS ? found : null;
  } catch {
    return null;
  }
}

function remember() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(BEGIN) && read(name) === null) localStorage.removeItem(name);
  }
  const { stage, towed } = steps?.dataset ?? {};
  // How a towed car goes on is asked of the server at each step.
  const goesOn = GOES_ON.includes(stage) && towed === undefined;
  if (goesOn) localStorage.setItem(key, JSON.stringify({ stage, at: Date.now(), ahead }));
  else localStorage.removeItem(key);
}

function show() {
  if (kept === null) return;
  steps.dataset.stage = kept.stage;
  steps.querySelector("[data-kept-at]").textContent = new Date(kept.at + ahead).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
  steps.hidden = false;
}

try {
  if (isShell) show();
  else remember();
} catch {
  // A browser that keeps nothing: the outbox goes on without.
}

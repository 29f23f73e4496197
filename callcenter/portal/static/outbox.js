// What a technician presses is kept in the browser first and sent then: each press once, in order,
// with its time and a key made at the press. So nothing is lost where there is no line. What has a
// deadline (accepting, a new time) goes at once or not at all. Without IndexedDB the forms go as
// plain forms.

import { shrinkPhotos } from "./photo.js";
import { send } from "./outbox_send.js";
import { openStore } from "./outbox_store.js";
import { ahead } from "./stage_kept.js";

const AGAIN_MS = 5000;
const AFTER = { depart: "departed", arrive: "arrived", complete: "over", gone: "over", decline: "over" };

const box = document.getElementById("outbox");
const words = box.dataset;
const store = await openStore().catch(() => null);
const told = []; // refusals of what is not kept
let flushing = null;
let pressedMeanwhile = false;

export const isKeeping = store !== null;

// Keeps an action and tries to send it; resolves when that was tried.
export async function keep(fields, action, label) {
  fields.set("happened_at", new Date(Date.now() + ahead).toISOString());
  await store.put(await packed(fields, action, label));
  await show();
  await flush();
}

async function packed(fields, action, label, key = newKey()) {
  for (const own of ["csrf_token", "idempotency_key"]) fields.delete(own);
  const isPlain = [...fields.values()].every((one) => typeof one === "string");
  // Packed once: a retry is the same request, byte for byte.
  const request = new Response(isPlain ? new URLSearchParams(fields) : fields);
  const [type, bytes] = [request.headers.get("Content-Type"), await request.arrayBuffer()];
  return { path: location.pathname, action, label, at: Date.now() + ahead, key, type, bytes };
}

function newKey() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function flush() {
  pressedMeanwhile = true;
  flushing ??= sendAll().finally(() => { flushing = null; });
  return flushing;
}

async function sendAll() {
  let sent = false;
  const alone = (work) => (navigator.locks ? navigator.locks.request("outbox", work) : work());
  while (pressedMeanwhile) {
    pressedMeanwhile = false;
    sent = (await alone(sendEach)) || sent;
  }
  const left = await show();
  // The page as it is now, once nothing of its own is on the way.
  if (sent && !left.some((one) => one.path === location.pathname && !one.refused)) anew();
}

async function sendEach() {
  let sent = false;
  const held = new Set();
  for (const entry of await store.all()) {
    if (entry.refused !== undefined || held.has(entry.path)) continue;
    const { became, words: why } = await send(entry);
    if (became === "later") break;
    if (became === "hold") held.add(entry.path);
    // A position that nobody wants any more is no news for anybody.
    else if (became === "refused" && entry.action !== "position") await store.put({ ...entry, refused: why });
    else await store.remove(entry.id);
    sent ||= became === "sent" && entry.action !== "position" && entry.path === location.pathname;
  }
  return sent;
}

// Not while somebody is typing: live.js comes back to it. Not reload(): it would send what a plain
// form has left on the screen once more.
function anew() {
  const typing = document.activeElement?.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (!typing || document.activeElement.value === "") location.replace(location.pathname + location.search);
}

async function show() {
  const entries = await store.all();
  const positions = entries.filter((one) => one.action === "position");
  const lines = [...told, ...entries.filter((one) => one.action !== "position")].map(line);
  if (positions.length > 1) lines.push(item(`${words.positions} × ${positions.length} · ${words.waiting}`));
  box.querySelector("ul").replaceChildren(...lines);
  box.hidden = lines.length === 0;
  goOn(entries.filter((one) => one.path === location.pathname && one.refused === undefined));
  return entries;
}

function item(text, className = "") {
  const made = document.createElement("li");
  made.className = className;
  made.textContent = text;
  return made;
}

function line(entry) {
  const at = new Date(entry.at).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
  if (entry.refused === undefined) return item(`${entry.label} · ${at} · ${words.waiting}`, "waiting");
  const made = item(`${entry.label} · ${at} · ${words.refused} ${entry.refused} ${words.next}`, "problem");
  const button = document.createElement("button");
  button.textContent = words.understood;
  button.addEventListener("click", async () => {
    if (entry.id === undefined) told.length = 0;
    else await store.remove(entry.id);
    if ((await show()).length === 0) anew();
  });
  made.append(button);
  return made;
}

// What comes after the steps that wait: the next buttons are there without a line, too.
function goOn(waiting) {
  const steps = document.getElementById("steps");
  if (steps === null) return;
  const stage = waiting.reduce((was, one) => AFTER[one.action] ?? was, steps.dataset.stage);
  for (const part of steps.querySelectorAll("[data-at]")) {
    part.hidden = !part.dataset.at.split(" ").includes(stage);
  }
}

async function press(form) {
  const button = form.querySelector("button:not([type=button])");
  const [action, label] = [form.elements.action.value, button.textContent.trim()];
  button.disabled = true;
  await shrinkPhotos(form);
  const fields = new FormData(form);
  if (form.dataset.outbox === "keep") await keep(fields, action, label);
  else await sendNow(fields, action, label, fields.get("idempotency_key"));
  button.disabled = false;
}

async function sendNow(fields, action, label, key) {
  const entry = await packed(fields, action, label, key);
  const { became, code, words: why } = await send(entry);
  // Pressed again after an answer that was lost: it had come through.
  if (became === "sent" || code === "idempotency_key_reused") return anew();
  told.length = 0;
  told.push({ ...entry, refused: became === "refused" ? why : words.noLine });
  await show();
}

if (isKeeping) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-outbox]")) return;
    event.preventDefault();
    press(event.target);
  });
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  setInterval(async () => { if ((await store.all()).some((one) => one.refused === undefined)) flush(); }, AGAIN_MS);
  await show();
  flush();
}

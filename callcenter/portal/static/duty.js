// A browser makes no sound before somebody has touched the page: "start duty" is that touch. From
// then on an offer that nobody has looked at rings and shakes the phone until it is opened.

import { dutyIs } from "./push.js";

const EVERY_MS = 2000;
const TONES = [[880, 0], [660, 0.25], [880, 0.5]];
const KEPT = "duty";

const card = document.getElementById("duty");
const button = card.querySelector("button");
let sound = null;

function beep() {
  for (const [pitch, after] of TONES) {
    const at = sound.currentTime + after;
    const [tone, loudness] = [sound.createOscillator(), sound.createGain()];
    tone.frequency.value = pitch;
    // Up and down softly: a hard edge crackles in a phone's speaker.
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.6, at + 0.02);
    loudness.gain.linearRampToValueAtTime(0, at + 0.22);
    tone.connect(loudness).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.24);
  }
}

function ring() {
  if (sound === null || document.querySelector("[data-unseen]") === null) return;
  if (sound.state === "running") beep();
  navigator.vibrate?.([400, 150, 400]);
}

function show() {
  const isOn = sound !== null && sound.state === "running";
  const wanted = sessionStorage.getItem(KEPT) === "on";
  button.textContent = isOn ? card.dataset.end : wanted ? card.dataset.again : card.dataset.start;
  button.className = isOn ? "" : "main big";
  card.querySelector("[data-on]").hidden = !isOn;
}

async function start() {
  sessionStorage.setItem(KEPT, "on");
  sound ??= new AudioContext();
  sound.onstatechange = show;
  await sound.resume();
  stayAwake();
  show();
  beep();
  await dutyIs(true);
}

async function end() {
  sessionStorage.removeItem(KEPT);
  await sound.close();
  sound = null;
  show();
  await dutyIs(false);
}

// A phone that falls asleep hears nothing; where it may not stay awake, the duty phone rings.
async function stayAwake() {
  if (sound !== null && !document.hidden) await navigator.wakeLock?.request("screen").catch(() => {});
}

if ("AudioContext" in window) {
  card.hidden = false;
  button.addEventListener("click", () => (sound?.state === "running" ? end() : start()));
  document.addEventListener("visibilitychange", stayAwake);
  setInterval(ring, EVERY_MS);
  show();
}

// Keeps the parts marked data-live as the server would render them now, and the countdowns running.
// A part in which somebody is typing is left alone until he has left it.

const poll = document.querySelector("script[data-poll]") !== null;
let wanted = false;
let timer = 0;

async function refresh() {
  timer = 0;
  wanted = false;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) return location.reload();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (next === null || isBusy(part)) wanted ||= next !== null;
      else if (next.innerHTML !== part.innerHTML) part.replaceWith(keepOpen(part, next));
    }
    if (structureOf(fresh) !== structureOf(document) && !isBusy(document.body)) location.reload();
    offline(false);
    count();
  } catch {
    offline(true);
  }
}

// Forms outside the live parts depend on the stage: when it changes, the page is loaded anew.
function structureOf(page) {
  const stage = page.querySelector("h1 .stage");
  return stage === null ? "" : stage.className;
}

function isBusy(part) {
  const active = document.activeElement;
  if (active === null || !part.contains(active) || !active.matches("input, select, textarea")) return false;
  return active.value !== "" || active.matches("select");
}

function keepOpen(part, next) {
  const open = [...part.querySelectorAll("details")].map((one) => one.open);
  next.querySelectorAll("details").forEach((one, i) => { if (open[i]) one.open = true; });
  const [pin, map] = [part.querySelector(".pin"), next.querySelector("svg.map")];
  if (pin && map && map.dataset.scale === pin.parentElement.dataset.scale) map.append(pin);
  return document.adoptNode(next);
}

function soon() {
  wanted = true;
  if (timer === 0) timer = setTimeout(refresh, 250);
}

function offline(is) {
  let banner = document.querySelector(".offline");
  if (is && banner === null) {
    banner = document.createElement("p");
    banner.className = "offline";
    banner.setAttribute("role", "status");
    banner.textContent = document.documentElement.lang === "en" ? "No connection – trying again" : "网络断开,正在重连";
    document.body.prepend(banner);
  } else if (!is && banner !== null) banner.remove();
}

function count() {
  const now = performance.now() / 1000;
  for (const one of document.querySelectorAll(".countdown")) {
    one.dataset.until ??= now + Number(one.dataset.left);
    const left = Math.max(0, Math.ceil(Number(one.dataset.until) - now));
    const text = `${left} s`;
    if (one.textContent !== text) one.textContent = text;
  }
}

count();
setInterval(count, 250);
setInterval(() => { if (wanted && timer === 0) soon(); }, 2000);
if (poll) setInterval(soon, 3000);
else if (!location.pathname.startsWith("/s/")) {
  const feed = new EventSource("/api/v1/feed");
  const kinds = ["call.ringing", "ticket.opened", "ticket.moved", "ticket.edited", "ticket.note_written",
    "ticket.emergency_told", "place.proposed", "place.confirmed", "place.answered", "place.link_sent",
    "ladder.climbed", "ladder.held", "offer.made", "offer.seen", "offer.ended", "offer.accepted",
    "dispatch.moved", "dispatch.eta_changed", "dispatch.truck_seen", "dispatch.station_asked",
    "dispatch.place_moved", "dispatch.handed_over", "alarm.raised", "alarm.taken", "alarm.cleared"];
  for (const kind of kinds) feed.addEventListener(kind, soon);
  feed.onerror = () => offline(true);
  feed.onopen = () => { offline(false); soon(); };
} else setInterval(soon, 3000);

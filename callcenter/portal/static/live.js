// Keeps the parts marked data-live as the server would render them now, and the countdowns running.
// A part in which somebody is typing is left alone until he has left it.

const poll = document.querySelector("script[data-poll]") !== null;
const linked = location.pathname.startsWith("/s/");
const kinds = ["call.greeted", "call.ordered", "call.order_done", "call.order_refused", "call.handed_over",
  "seat.phone_chosen", "call.ringing", "call.answered", "call.ended", "call.attached", "call.dialled", "call.disposed", "call.message_left",
  "left_message.heard", "left_message.handled", "recording.begun", "recording.kept", "recording.lost", "recording.not_made",
  "recording.pause_asked", "recording.paused", "recording.resume_asked", "recording.resumed", "recording.played",
  "recording.removed", "recording.hold_placed", "recording.hold_lifted", "recording.rule_changed",
  "call_flow.published", "prompt.recorded", "prompt.recording_dropped",
  "queue.entered", "queue.offered", "queue.waits_again", "queue.left", "queue.call_back_kept",
  "queue.group_changed", "seat.changed", "seat.profile_changed",
  "ticket.opened", "ticket.moved", "ticket.edited", "ticket.priority_changed", "ticket.assigned",
  "ticket.same_proposed", "ticket.told_apart", "ticket.merged", "ticket.took_over", "ticket.merge_undone",
  "ticket.note_written", "ticket.rated", "ticket.emergency_told",
  "place.proposed", "place.confirmed", "place.answered", "place.link_sent",
  "ladder.climbed", "ladder.held", "offer.made", "offer.seen", "offer.ended", "offer.accepted",
  "owner_call.taken", "owner_call.skipped", "owner_call.dialled", "owner_call.connected", "owner_call.ended",
  "promised_call.made", "promised_call.kept", "promised_call.left_to_all", "promised_call.broken", "promised_call.seen_to",
  "duty_phone.rung", "duty_phone.answered", "duty_phone.ended",
  "dispatch.moved", "dispatch.eta_changed", "dispatch.truck_seen", "dispatch.station_asked",
  "dispatch.place_moved", "dispatch.way_told", "dispatch.handed_over", "alarm.raised", "alarm.taken", "alarm.cleared",
  "alarm.handed_on", "handover.made", "handover.seen",
  "tow.destination_chosen", "tow.destination_refused", "tow.late", "tow.moved", "tow.onward_travel",
  "station.added", "station.edited", "station.suspended", "station.resumed", "station.truck_changed",
  "station.hours_overridden", "station.duty_rostered", "station.duty_unrostered",
  "booking.made", "booking.moved", "booking.cancelled", "booking.came", "booking.missed",
  "owner_import.planned", "owner_import.owners_applied", "owner_import.visits_applied",
  "station.exported", "station.import_applied", "station.import_undone",
  "owner.added", "owner.edited", "owner.exported", "contact_point.added", "contact_point.wrong", "vehicle.added", "vehicle.linked", "vehicle.unlinked",
  "vehicle.edited", "visit.recorded", "visit.taken_back", "consent.changed", "tier.rules_made", "tier.applied",
  "survey.drafted", "survey.published", "survey.moved", "survey.answered", "survey.completed", "survey.ended", "survey.followed_up", "survey.exported",
  "audience.made", "audience.edited", "audience.deleted",
  "campaign.drafted", "campaign.edited", "campaign.moved", "campaign.run_begun", "campaign.run_put_off",
  "campaign.dialling_set", "inbound_text.not_understood", "inbound_text.seen_to",
  "staff.added", "staff.edited", "staff.password_set", "staff.exported", "ticket.exported", "call.exported", "machine_token.made", "machine_token.revoked"];
const POLL_MS = 3000, BEAT_MS = 10000, DEAF_AFTER_MS = 35000, OPEN_ANEW_MS = 5000;

let wanted = false;
let leaving = false;
let timer = 0;
let heardAt = performance.now();
let freshAt = new Date();
const shown = structureOf(document);

async function refresh() {
  timer = 0;
  wanted = false;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) return loadAnew();
    if (!answer.ok) return void (wanted = answer.status >= 500);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (structureOf(fresh) !== shown) {
      if (!isWriting()) return loadAnew();
      wanted = true;
    }
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (next === null || isBusy(part)) wanted ||= next !== null;
      else if (next.innerHTML !== part.innerHTML) part.replaceWith(keepOpen(part, next));
    }
    freshAt = new Date();
    offline(false);
    count();
  } catch {
    wanted = true;
    offline(true);
  }
}

// Forms outside the live parts depend on the stage: when it changes, the page is loaded anew.
function structureOf(page) {
  const stage = page.querySelector("h1 .stage");
  return stage === null ? "" : stage.className;
}

// Not reload(): what a form's refusal left on the screen would be sent once more. And not while a
// form is on its way: the press would be lost, or its answer.
function loadAnew() {
  if (!leaving) location.replace(location.pathname + location.search);
}

addEventListener("submit", (event) => { leaving ||= !event.defaultPrevented; });
addEventListener("pageshow", () => { leaving = false; });

function isBusy(part) {
  const active = document.activeElement;
  if (active === null || !part.contains(active) || !active.matches("input, select, textarea")) return false;
  return active.value !== "" || active.matches("select");
}

// Loading anew would lose what was typed and not yet sent.
function isWriting() {
  const fields = document.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])");
  return isBusy(document.body) || [...fields].some((one) => one.value !== one.defaultValue);
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
    const at = freshAt.toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
    banner.textContent = document.documentElement.lang === "en"
      ? `No connection – this is how it stood at ${at}; trying again` : `网络断开,以下是 ${at} 的内容,正在重连`;
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

// One stream for all tabs: a browser keeps six connections to a host, and a stream holds one for
// good. The tab that has the lock has the stream and passes on what it hears, whole, since tabs of
// the console listen too (console/src/live/news.ts speaks the same words); when it is closed, the
// next in line gets the lock.
function listenTogether() {
  const channel = new BroadcastChannel("feed");
  channel.onmessage = (message) => hear(message.data);
  const tell = (what) => { channel.postMessage(what); hear(what); };
  navigator.locks.request("feed", () => {
    openFeed(tell);
    setInterval(tell, BEAT_MS, "beat");
    return new Promise(() => {});
  });
}

function openFeed(tell) {
  const feed = new EventSource("/api/v1/feed");
  for (const kind of kinds) feed.addEventListener(kind, (event) => {
    tell({ cursor: event.lastEventId, fact: JSON.parse(event.data) });
  });
  feed.onopen = () => tell("open");
  feed.onerror = () => {
    tell("lost");
    if (feed.readyState !== EventSource.CLOSED) return;
    // Refused, and it does not try again by itself: the page shows whether the sign-in is over.
    tell("refused");
    setTimeout(openFeed, OPEN_ANEW_MS, tell);
  };
}

function hear(what) {
  heardAt = performance.now();
  if (what === "lost") offline(true);
  // A cursor without a fact is the console's sign of life.
  else if (what !== "beat" && what.fact !== null) soon();
}

// A tab that fell asleep with the lock is not waited for.
function isDeaf() {
  return together && performance.now() - heardAt > DEAF_AFTER_MS;
}

const together = !poll && !linked && Boolean(navigator.locks && window.BroadcastChannel);
count();
setInterval(count, 250);
setInterval(() => { if ((wanted || isDeaf()) && timer === 0) soon(); }, 2000);
// Without a secure context there are no locks: news must not cost the site its connections.
if (together) listenTogether();
else setInterval(soon, POLL_MS);

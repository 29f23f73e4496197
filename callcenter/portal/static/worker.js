// The service worker of the station's pages (VERSION stands before this). Without a line it shows a
// shell that says so, and nothing that was true once: pages of the station are never kept. It wakes
// for a push and opens the offer at a tap.

const KEPT = `station-${VERSION}`;
const LANGUAGE = "/station/language";
const LONGEST_MS = 10000;
const SHELL = ["/static/style.css", "/static/outbox.js", "/static/outbox_send.js", "/static/outbox_store.js",
  "/static/photo.js", "/static/signature.js", "/static/stage_kept.js", "/static/no_line.js",
  "/station/shell/zh", "/station/shell/en"];

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(KEPT);
    await kept.addAll(SHELL.map((path) => new Request(path, { cache: "reload" })));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const before = (await caches.keys()).filter((name) => name.startsWith("station-") && name !== KEPT);
    await Promise.all(before.map((name) => caches.delete(name)));
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (SHELL.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
});

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(LONGEST_MS) });
    await remember(answer.headers.get("Content-Language"));
    return answer;
  } catch {
    const language = await (await kept(LANGUAGE))?.text();
    return (await kept(`/station/shell/${language === "en" ? "en" : "zh"}`)) ?? Response.error();
  }
}

async function kept(path) {
  return (await caches.open(KEPT)).match(path);
}

// Without a line nobody can ask which language the page was in.
async function remember(language) {
  if (language) await (await caches.open(KEPT)).put(LANGUAGE, new Response(language));
}

// A browser that wakes for a push must show something, whatever came.
addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    // Not ours: the words below say enough.
  }
  event.waitUntil(registration.showNotification(told.title ?? "新派单 · New offer", {
    body: told.body ?? "",
    tag: told.tag ?? "offer",
    renotify: true,
    requireInteraction: true,
    vibrate: [400, 150, 400, 150, 400],
    data: { path: told.path ?? "/station" },
  }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path } = event.notification.data;
  event.waitUntil((async () => {
    const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((one) => new URL(one.url).pathname === path);
    await (there ? there.focus() : clients.openWindow(path));
  })());
});

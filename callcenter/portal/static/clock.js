// Lets what was written on the page grow older by itself: "3 min ago" and clocks that run down.
// A page that hears nothing new must not look fresh.

const born = new WeakMap();

function secondsSince(part, start) {
  const now = performance.now() / 1000;
  if (!born.has(part)) born.set(part, now - start);
  return now - born.get(part);
}

function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}

function tick() {
  for (const part of document.querySelectorAll(".ago")) {
    const { age, s, m, h } = part.dataset;
    const old = Math.floor(secondsSince(part, Number(age)));
    if (old < 60) write(part, s.replace("#", old));
    else if (old < 3600) write(part, m.replace("#", Math.floor(old / 60)));
    else write(part, h.replace("#", Math.floor(old / 3600)));
  }
  // What was fresh when the page was made does not stay so by itself.
  for (const part of document.querySelectorAll("[data-fresh-for]")) {
    const age = secondsSince(part, Number(part.dataset.age));
    part.classList.toggle("old", age > Number(part.dataset.freshFor));
  }
  for (const part of document.querySelectorAll(".clock")) {
    const left = Math.max(0, Math.ceil(Number(part.dataset.left) - secondsSince(part, 0)));
    write(part, `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
  }
}

tick();
setInterval(tick, 1000);

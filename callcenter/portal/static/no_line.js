// The shell that stands here without a line: it looks for one again, and then makes way for the
// page that was wanted. The outbox beside it shows what waits.

const EVERY_MS = 5000;
const LONGEST_MS = 8000;
let asking = false;

async function look() {
  if (asking) return;
  asking = true;
  try {
    // Any answer will do: it is the line that is looked for.
    await fetch("/static/no_line.js", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(LONGEST_MS) });
    location.reload();
  } catch {
    asking = false;
  }
}

document.querySelector("[data-again]").addEventListener("click", look);
addEventListener("online", look);
setInterval(look, EVERY_MS);

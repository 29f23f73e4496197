// One kept action goes to the server. What it answers is one of:
//   sent     it is written there
//   later    no line, or the server is away or busy: the same again
//   hold     nobody is signed in: it waits until somebody is
//   refused  and why, in words

const LONGEST_MS = 60000;

export async function send(entry) {
  let answer;
  try {
    answer = await fetch(entry.path, {
      method: "POST",
      body: entry.bytes,
      headers: headersOf(entry),
      // The page it leads to is not wanted: that it leads somewhere says that it was taken.
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_MS),
    });
  } catch {
    return { became: "later" };
  }
  if (answer.type === "opaqueredirect" || answer.ok) return { became: "sent" };
  if (answer.status >= 500 || answer.status === 429) return { became: "later" };
  if (answer.status === 401 || answer.status === 403) return { became: "hold" };
  const { code, words } = await why(answer).catch(() => ({ code: "", words: "" }));
  if (code === "idempotency_in_progress") return { became: "later" };
  return { became: "refused", code, words };
}

// The session's token is that of the page which sends: the one it was pressed on may be over.
function headersOf(entry) {
  const token = document.querySelector("[name=csrf_token]")?.value;
  return {
    Accept: "application/json",
    "Content-Type": entry.type,
    "Idempotency-Key": entry.key,
    ...(token ? { "X-CSRF-Token": token } : {}),
  };
}

async function why(answer) {
  const text = await answer.text();
  if (!answer.headers.get("Content-Type")?.startsWith("text/html")) {
    const { code, detail } = JSON.parse(text);
    return { code, words: detail };
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  return { code: "", words: page.querySelector(".problem")?.textContent ?? "" };
}

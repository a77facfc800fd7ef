// Says some minutes before a session ends that it does, with one press to go on, and says that it ended.
// Other windows of the same person use the session too, so the server is asked before anything is said.
const WARNED_S = 5 * 60;
const ASKED_AGAIN_S = 60;

const ends = document.querySelector("[data-session-ends]");
const ended = document.querySelector("[data-session-ended]");
let timer;

function lookIn(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, seconds) * 1000);
}

async function look() {
  try {
    heard(await fetch(ends.dataset.sessionEnds));
  } catch {
    lookIn(ASKED_AGAIN_S); // No line: whether the session ended is not known.
  }
}

async function heard(answer) {
  if (answer.redirected || !answer.ok) return over();
  const { seconds } = await answer.json();
  ended.close(); // Where it ended, the person has signed in again in another window.
  if (seconds > WARNED_S) {
    ends.close();
    lookIn(seconds - WARNED_S);
    return;
  }
  const at = new Date(Date.now() + seconds * 1000);
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
  ends.querySelector("[data-session-at]").textContent = clock.format(at);
  if (!ends.open) ends.showModal();
  lookIn(seconds + 1);
}

function over() {
  ends.close();
  const here = location.pathname + location.search;
  ended.querySelector("a").search = new URLSearchParams({ next: here });
  if (!ended.open) ended.showModal();
}

ends.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    heard(await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
  } catch {
    lookIn(1);
  }
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
lookIn(ends.dataset.unasked - WARNED_S);

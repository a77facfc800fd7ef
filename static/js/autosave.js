// Keeps what a person types: on the server 2 s after typing stops, every 5 s while it goes on, and when
// a field or the page is left; in this browser until then. Without this script the buttons save it.
import { drop, dropAll, held, hold, nameSender, takeSender, whenClosed } from "./typed.js";

const QUIET_MS = 2000;
const AGAIN_MS = 5000;
// Whoever listens to the page is not told of each time that it is saved.
const TOLD_MS = 60000;

class Autosave {
  constructor(form) {
    this.form = form;
    // One page may have a form for each of several things, told apart by where each is kept.
    this.page = `${form.dataset.person}:${form.dataset.autosave}:`;
    // Each window has a name of its own: what is typed in one replaces nothing of another.
    // The answer to a form goes on with the one that sent it, so that saving it settles both.
    const answers = !("recover" in form.dataset);
    this.window = (answers && takeSender(this.page)) || (crypto.randomUUID?.() ?? String(Date.now()));
    this.place = this.page + this.window;
    this.note("typed_window", this.window);
    this.clock = this.note("typed_ms", Date.now());
    this.saved = form.querySelector("[data-autosave-saved]");
    this.trouble = form.querySelector("[data-autosave-trouble]");
    this.heard = this.listened();
    this.leaving = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("focusout", () => this.unsavedSince && this.later(0));
    addEventListener("visibilitychange", () => this.hidden());
    form.addEventListener("submit", (event) => event.defaultPrevented || this.submitted());
    // Back to a page that the browser had put aside whole: it is written on again.
    addEventListener("pageshow", (event) => (this.leaving &&= !event.persisted));
    // The answer to a form shows what was typed already, and its errors.
    if ("recover" in form.dataset) this.recover();
  }

  note(name, value) {
    const noted = document.createElement("input");
    Object.assign(noted, { type: "hidden", name, value });
    return this.form.appendChild(noted);
  }

  // What is read out, beside what is only seen.
  listened() {
    const heard = document.createElement("p");
    heard.className = "govuk-visually-hidden";
    heard.setAttribute("role", "status");
    return this.form.appendChild(heard);
  }

  content() {
    const content = new URLSearchParams(new FormData(this.form));
    content.delete("csrfmiddlewaretoken");
    return content.toString();
  }

  hold() {
    this.clock.value = Date.now();
    hold(this.place, { content: this.content(), typedMs: Number(this.clock.value) });
  }

  typed() {
    this.hold();
    this.unsavedSince ??= Date.now();
    const longest = this.unsavedSince + AGAIN_MS - Date.now();
    this.later(Math.max(0, Math.min(QUIET_MS, longest)));
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  submitted() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.sending?.abort();
    this.hold();
    nameSender(this.page, this.window);
  }

  async save() {
    if (this.running) {
      this.later(QUIET_MS);
      return;
    }
    this.running = true;
    this.unsavedSince = null;
    const content = this.content();
    const answer = await this.send(content);
    this.running = false;
    if (this.leaving) return;
    if (!answer) {
      this.later(AGAIN_MS);
      return;
    }
    this.says(`Saved ${answer.saved}`);
    if (content === this.content()) drop(this.place);
    else this.later(QUIET_MS);
  }

  says(saved) {
    this.saved.textContent = saved;
    if (Date.now() - (this.toldAt ?? 0) < TOLD_MS) return;
    this.toldAt = Date.now();
    this.heard.textContent = saved;
  }

  // A page that is put away may not come back, so it does not wait for the answer. What is held here
  // stays: an answer that never came may mean that nothing was saved.
  hidden() {
    const saved = !this.unsavedSince && !this.running;
    if (document.visibilityState !== "hidden" || this.leaving || saved) return;
    navigator.sendBeacon?.(this.form.dataset.autosave, this.body(this.content()));
  }

  body(content) {
    const body = new URLSearchParams(content);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    return body;
  }

  async send(content) {
    this.sending = new AbortController();
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: this.body(content),
        signal: this.sending.signal,
      });
      if (answer.redirected || answer.status === 403) {
        return this.tell(
          "You are signed out. What you typed is kept in this browser. Sign in again, then open this page.",
        );
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.tell("");
      return await answer.json();
    } catch {
      return this.leaving ? null : this.tell("Not saved yet. What you typed is kept in this browser. We try again.");
    }
  }

  tell(trouble) {
    if (this.trouble.textContent !== trouble) this.trouble.textContent = trouble;
    if (trouble) this.saved.textContent = "";
    return null;
  }

  // What earlier windows could not bring to the server goes there now, and comes back in the form.
  async recover() {
    const shown = this.form.querySelector("[name=typed_shown], [name=typed_replaced]")?.value.split(" ") ?? [];
    let news = false;
    for (const [place, entry] of await held(this.page)) {
      if (place === this.place) continue;
      await whenClosed(place, async () => {
        const answer = await this.send(entry.content);
        if (answer) await drop(place);
        if (answer?.mark && !shown.includes(answer.mark)) news = true;
      });
    }
    if (!news) return;
    this.leaving = true;
    const here = new URL(location.href);
    here.searchParams.delete("stored");
    here.hash = "";
    location.replace(here);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const autosave = new Autosave(form);
  whenClosed(autosave.place, () => new Promise(() => {}));
}

for (const form of document.querySelectorAll("[data-sign-out] form")) form.addEventListener("submit", dropAll);

// Keeps what a person types: on the server 2 s after typing stops, and in this browser until then.
// Without this script the buttons of the form save it.
const PREFIX = "typed:";
const QUIET_MS = 2000;
const AGAIN_MS = 5000;

function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function write(place, entry) {
  try {
    localStorage.setItem(place, JSON.stringify(entry));
  } catch {
    // A full or forbidden store: the server's copy remains.
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.place = `${PREFIX}${form.dataset.person}:${location.pathname}`;
    this.saved = form.querySelector("[data-autosave-saved]");
    this.trouble = form.querySelector("[data-autosave-trouble]");
    this.leaving = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => this.submitted());
    // The answer to a form shows what was typed already, and its errors.
    if ("recover" in form.dataset) this.recover();
  }

  content() {
    const content = new URLSearchParams(new FormData(this.form));
    content.delete("csrfmiddlewaretoken");
    return content.toString();
  }

  typed() {
    write(this.place, { version: this.form.dataset.version, content: this.content() });
    this.later(QUIET_MS);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  submitted() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.sending?.abort();
    const content = this.content();
    write(this.place, { version: this.form.dataset.version, content, submitted: true });
  }

  async save() {
    if (this.running) {
      this.later(QUIET_MS);
      return;
    }
    this.running = true;
    const content = this.content();
    const at = await this.send(content);
    this.running = false;
    if (this.leaving) return;
    if (!at) {
      this.later(AGAIN_MS);
      return;
    }
    this.saved.textContent = `Saved ${at}`;
    if (content === this.content()) localStorage.removeItem(this.place);
    else this.later(QUIET_MS);
  }

  async send(content) {
    const body = new URLSearchParams(content);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    this.sending = new AbortController();
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        signal: this.sending.signal,
      });
      if (answer.redirected || answer.status === 403) {
        return this.tell(
          "You are signed out. What you typed is kept in this browser. Sign in again, then open this page.",
        );
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.tell("");
      return (await answer.json()).saved;
    } catch {
      return this.leaving ? "" : this.tell("Not saved yet. What you typed is kept in this browser. We try again.");
    }
  }

  tell(trouble) {
    if (this.trouble.textContent !== trouble) this.trouble.textContent = trouble;
    if (trouble) this.saved.textContent = "";
    return "";
  }

  // What an earlier page could not bring to the server goes there now, and comes back in the form.
  async recover() {
    const entry = read(this.place);
    if (!entry) return;
    if (entry.submitted && Number(this.form.dataset.version) > Number(entry.version)) {
      localStorage.removeItem(this.place);
    } else if (await this.send(entry.content)) {
      localStorage.removeItem(this.place);
      this.leaving = true;
      location.replace(location.pathname);
    }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);

for (const form of document.querySelectorAll("[data-sign-out] form")) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  });
}

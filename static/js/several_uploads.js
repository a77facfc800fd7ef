// Files that go to the server in pieces, several at a time, each with a row that says how far it is.
import { Refused, Sending } from "./pieces.js";
import { Row } from "./upload_row.js";

const AT_ONCE = 3;

export class Uploads {
  // `input` is where files are chosen, `announce` the address that is told of each; `within` holds the
  // list, the row to copy, and what the server drew of the files that have come.
  constructor({ input, announce, within }) {
    Object.assign(this, { input, announce, within });
    this.list = within.querySelector("[data-uploads-list]");
    this.told = within.querySelector("[data-uploads-told]");
    this.template = within.querySelector("[data-uploads-row]");
    this.waiting = [];
    this.running = this.added = this.refused = 0;
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    });
  }

  // Begins with what is chosen, or with some of it; whether there was anything.
  take(files = [...this.input.files]) {
    if (!files.length) return false;
    this.input.value = "";
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    if (!this.running) this.added = this.refused = 0;
    for (const file of files) this.waiting.push(this.row(file));
    this.next();
    return true;
  }

  row(file) {
    let sending = null;
    const row = new Row(this.list, this.template, file, () => sending.tryNow?.());
    sending = new Sending(file, {
      announce: this.announce,
      token: this.input.form.elements.csrfmiddlewaretoken.value,
      told: (state) => row.shows(state, sending.address),
    });
    row.button.addEventListener("click", async (event) => {
      event.preventDefault();
      row.remove();
      this.waiting = this.waiting.filter((each) => each.row !== row);
      await sending.cancel();
      this.input.focus();
    });
    return { row, sending };
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) this.send(this.waiting.shift());
  }

  async send({ row, sending }) {
    this.running += 1;
    try {
      if (await sending.run()) this.added += 1;
      row.remove();
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      this.refused += 1;
      row.isRefused(trouble.message);
    } finally {
      this.running -= 1;
      this.next();
      this.report();
    }
  }

  report() {
    const words = [];
    if (this.added) words.push(`${count(this.added)} added.`);
    if (this.refused) words.push(`${count(this.refused)} not added: the reason is beside each.`);
    this.told.textContent = words.join(" ");
    if (this.added && !this.running) this.refresh();
  }

  // What was added is drawn by the server, so there is one way to draw it.
  async refresh() {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, then] = [page, document].map((one) => one.querySelector("[data-uploads-added]"));
    if (!now) return;
    const left = [...then.querySelectorAll("input:not(:checked)")].map((box) => box.value);
    then.replaceChildren(...now.childNodes);
    for (const box of then.querySelectorAll("input")) box.checked &&= !left.includes(box.value);
  }
}

function count(number) {
  return number === 1 ? "1 file was" : `${number} files were`;
}

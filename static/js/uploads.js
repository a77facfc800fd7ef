// Files chosen in a form go to the server in pieces, several at a time, each with a row that says how
// far it is. Without this script the form sends them whole.
import { Refused, Sending } from "./pieces.js";

const AT_ONCE = 3;
const REDRAW_MS = 250;
const UNITS = ["bytes", "KB", "MB", "GB"];

class Row {
  constructor(list, file, again) {
    const template = document.getElementById("upload-row");
    this.element = template.content.firstElementChild.cloneNode(true);
    this.file = file;
    this.find("name").textContent = file.name;
    this.find("bar").setAttribute("aria-label", `How much of ${file.name} has come`);
    this.button = this.element.querySelector("form button");
    this.again = this.find("again");
    for (const named of this.element.querySelectorAll("[data-upload-named]")) named.textContent = ` ${file.name}`;
    this.again.addEventListener("click", again);
    this.says(`Waiting, ${size(file.size)}.`);
    list.append(this.element);
  }

  find(part) {
    return this.element.querySelector(`[data-upload-${part}]`);
  }

  says(words) {
    if (this.find("state").textContent !== words) this.find("state").textContent = words;
  }

  // What happened last is drawn, and what happened too shortly before is not.
  shows(state, address) {
    if (address) this.takesPlaceOf(address.split("/").pop());
    this.drawing ??= setTimeout(() => {
      this.drawing = null;
      if (!this.isOver) this.draw(state);
    }, REDRAW_MS);
  }

  draw({ sent, speed, trouble, whole }) {
    this.find("bar").value = this.file.size ? sent / this.file.size : 1;
    this.again.hidden = !trouble;
    const come = `${size(sent)} of ${size(this.file.size)}`;
    const left = speed ? `, ${size(speed)} a second, ${duration((this.file.size - sent) / speed)} left` : "";
    if (trouble) this.says(`${come} has come. ${trouble}`);
    else this.says(whole ? "All of it has come. We are looking at what it is." : `${come}${left}.`);
  }

  // The row that the server drew of what had come before.
  takesPlaceOf(token) {
    document.querySelector(`[data-upload="${token}"]`)?.remove();
  }

  isRefused(reason) {
    this.isOver = true;
    this.element.classList.add("upload--refused");
    this.find("bar").hidden = this.again.hidden = true;
    this.says(reason);
    this.button.firstChild.textContent = "Take off the list";
  }

  remove() {
    this.element.remove();
  }
}

class Uploads {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.list = document.querySelector("[data-uploads-list]");
    this.told = document.querySelector("[data-uploads-told]");
    this.waiting = [];
    this.running = this.added = this.refused = 0;
    form.addEventListener("submit", (event) => this.chosen(event));
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    });
  }

  chosen(event) {
    const files = [...this.input.files];
    if (!files.length) return; // The server says what to do.
    event.preventDefault();
    this.input.value = "";
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    if (!this.running) this.added = this.refused = 0;
    for (const file of files) this.waiting.push(this.row(file));
    this.next();
  }

  row(file) {
    let sending = null;
    const row = new Row(this.list, file, () => sending.tryNow?.());
    sending = new Sending(file, {
      announce: this.form.dataset.uploads,
      token: this.form.elements.csrfmiddlewaretoken.value,
      told: (state) => row.shows(state, sending.address),
    });
    row.element.querySelector("form").addEventListener("submit", async (event) => {
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
    if (now) then.replaceChildren(...now.childNodes);
  }
}

function count(number) {
  return number === 1 ? "1 file was" : `${number} files were`;
}

function size(bytes) {
  let unit = 0;
  let number = bytes;
  while (number >= 1024 && unit < UNITS.length - 1) {
    number /= 1024;
    unit += 1;
  }
  return `${number.toFixed(unit > 1 && number < 100 ? 1 : 0)} ${UNITS[unit]}`;
}

function duration(seconds) {
  if (seconds < 60) return `about ${Math.max(1, Math.ceil(seconds))} second${Math.ceil(seconds) > 1 ? "s" : ""}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `about ${minutes} minute${minutes > 1 ? "s" : ""}` : `about ${Math.ceil(minutes / 60)} hours`;
}

for (const form of document.querySelectorAll("form[data-uploads]")) new Uploads(form);

// The row of one file that goes to the server in pieces: its name, how far it is, and what can be done.
const REDRAW_MS = 250;
const UNITS = ["bytes", "KB", "MB", "GB"];

export class Row {
  constructor(list, template, file, again) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.file = file;
    this.find("name").textContent = file.name;
    this.find("bar").setAttribute("aria-label", `How much of ${file.name} has come`);
    this.button = this.find("cancel");
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

// Sends one file in pieces. A lost line is waited for; each piece goes where the server says that the
// last one ended, so nothing is lost and nothing is sent twice.
const WAITS_MS = [1000, 2000, 5000, 10000, 30000];
// A small file is judged in no time, a large one is not: soon, then each second.
const LOOKS_AGAIN_MS = [200, 400, 1000];
const SEVERAL_SPEEDS = 0.3;

// What no waiting puts right, in words for the person.
export class Refused extends Error {}
class LostLine extends Error {}
class Cancelled extends Error {}

const SIGNED_OUT =
  "You are signed out. Sign in again, then choose this file again: it goes on where it ended.";
const ENDED = "This upload was ended. Choose the file again.";
const UNREADABLE = "This file was moved or changed, so your browser can’t read it. Choose it again.";
const ANOTHER =
  "Part of another file of this name, size and date has come already, so this one was not added to it. " +
  "Take it off the list, then choose this file again.";
const LOST = "The connection is lost. We try again by ourselves.";

export class Sending {
  // `told(state)` hears of each change: {sent, speed, trouble, whole}.
  constructor(file, { announce, token, told }) {
    Object.assign(this, { file, announceAt: announce, token, told });
    this.state = { sent: 0, speed: 0, trouble: "", whole: false };
    this.cancelled = false;
    this.requests = new Set();
  }

  // Ends when the file is in the case. Raises: Refused. False where it was cancelled.
  async run() {
    try {
      const begun = await this.patiently(() => this.announce());
      this.address = begun.address;
      let { offset } = begun;
      this.tell({ sent: offset });
      if (offset && !canHash()) return this.anew();
      await this.goesOnWith(offset, begun.piece_bytes);
      while (offset < this.file.size) {
        const from = offset;
        offset = await this.patiently((again) => (again ? this.whereToGoOn() : this.pieces(from, begun.piece_bytes)));
      }
      this.tell({ whole: true });
      await this.judged();
      return true;
    } catch (trouble) {
      if (trouble instanceof Cancelled) return false;
      throw trouble;
    }
  }

  async announce() {
    const { name, size, lastModified: changed } = this.file;
    const answer = await this.ask("POST", this.announceAt, new URLSearchParams({ name, size, changed }));
    return answer.body;
  }

  // A name, a size and a date may be those of another file, so what came is compared by its hash.
  async goesOnWith(offset, pieceBytes) {
    for (let start = 0; start < offset; start += pieceBytes) {
      const end = Math.min(start + pieceBytes, offset);
      const { body } = await this.patiently(() => this.ask("GET", `${this.address}?start=${start}&end=${end}`));
      if (!body.sha256) return; // It was taken in, or refused, meanwhile.
      const ours = await sha256(await this.read(start, end - start));
      if (hex(ours) !== body.sha256) throw new Refused(ANOTHER);
    }
  }

  // Where this browser can't compare, nothing is mixed: the file is sent from its first byte.
  async anew() {
    await this.ask("POST", `${this.address}/forget`).catch(() => {});
    return this.run();
  }

  // While the server writes a piece down, the next one is on its way. Where the server says another
  // offset than was thought, what has set out after it is taken back.
  async pieces(from, pieceBytes) {
    let before = from;
    try {
      while (from < this.file.size) {
        const { gone, counted } = this.piece(from, await this.read(from, pieceBytes));
        await gone;
        const offset = await before;
        if (offset !== from) return offset;
        before = counted;
        from += pieceBytes;
      }
      return await before;
    } finally {
      this.takeBack();
    }
  }

  // One piece: `gone` when all of it has set out, `counted` with the offset that the server answers.
  piece(from, content) {
    const begun = performance.now();
    let counted;
    const gone = new Promise((resolve, reject) => {
      const sent = (bytes) => {
        this.measure(bytes, performance.now() - begun);
        this.tell({ sent: from + bytes });
        if (bytes >= content.byteLength) resolve();
      };
      counted = digestOf(content)
        .then((digest) => this.ask("PATCH", this.address, content, { "Upload-Offset": from, ...digest }, sent))
        .then((answer) => answer.body.offset);
      counted.then(resolve, reject);
    });
    return { gone, counted };
  }

  // The pieces that are on their way, and nothing else: what cancels the upload goes through.
  takeBack() {
    for (const request of this.requests) if (request.upload.onprogress) request.abort();
  }

  // Asked after each failure: what came may have been counted, and a server that refuses a piece
  // before it has read all of it looks like a lost line.
  async whereToGoOn() {
    const { offset } = (await this.ask("GET", this.address)).body;
    this.tell({ sent: offset });
    return offset;
  }

  async read(from, pieceBytes) {
    try {
      return await this.file.slice(from, from + pieceBytes).arrayBuffer();
    } catch {
      throw new Refused(UNREADABLE);
    }
  }

  measure(bytes, ms) {
    const now = bytes / Math.max(ms, 1) * 1000;
    this.state.speed = this.state.speed ? SEVERAL_SPEEDS * now + (1 - SEVERAL_SPEEDS) * this.state.speed : now;
  }

  async judged() {
    for (let looks = 0; ; looks += 1) {
      const { body } = await this.patiently(() => this.ask("GET", this.address));
      if (body.refusal) throw new Refused(body.refusal);
      if (body.taken_in) return;
      await this.pause(LOOKS_AGAIN_MS[Math.min(looks, LOOKS_AGAIN_MS.length - 1)]);
    }
  }

  async patiently(act) {
    for (let tries = 0; ; tries += 1) {
      if (this.cancelled) throw new Cancelled();
      try {
        const done = await act(tries > 0);
        this.tell({ trouble: "" });
        return done;
      } catch (trouble) {
        if (!(trouble instanceof LostLine) || this.cancelled) throw this.cancelled ? new Cancelled() : trouble;
      }
      this.tell({ trouble: LOST });
      await this.pause(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]);
    }
  }

  // Waits, but no longer than until the line is back or the person says “Try again now”.
  pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.tryNow = () => {
        clearTimeout(timer);
        resolve();
      };
      addEventListener("online", this.tryNow, { once: true });
    });
  }

  tell(news) {
    Object.assign(this.state, news);
    this.told(this.state);
  }

  async cancel() {
    this.cancelled = true;
    for (const request of this.requests) request.abort();
    this.tryNow?.();
    if (this.address) await this.ask("POST", `${this.address}/forget`).catch(() => {});
  }

  // `fetch` tells nothing of how much of a body has gone, so this is the older way to ask.
  ask(method, address, body = null, headers = {}, sent = null) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.requests.add(request);
      request.onloadend = () => this.requests.delete(request);
      request.open(method, address);
      for (const [name, value] of Object.entries({ "X-CSRFToken": this.token, ...headers })) {
        request.setRequestHeader(name, value);
      }
      if (sent) request.upload.onprogress = request.upload.onload = (event) => sent(event.loaded);
      request.onerror = request.onabort = () => reject(new LostLine());
      request.onload = () => {
        try {
          resolve({ body: answerOf(request, address) });
        } catch (trouble) {
          reject(trouble);
        }
      };
      request.send(body);
    });
  }
}

function answerOf(request, address) {
  const { status } = request;
  if (status === 403 || !request.responseURL.includes(address)) throw new Refused(SIGNED_OUT);
  if (status === 404) throw new Refused(ENDED);
  const body = parsed(request.responseText);
  if (status < 300 || (status === 409 && Number.isInteger(body?.offset))) return body;
  if (status === 422) throw new Refused(body?.refusal ?? ENDED);
  throw new LostLine(); // Damaged on its way, too many requests, or a server that starts again.
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Browsers hash on a safe connection only; the server hashes always.
function canHash() {
  return Boolean(globalThis.crypto?.subtle);
}

async function sha256(content) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
}

function hex(hash) {
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function digestOf(content) {
  if (!canHash()) return {};
  return { "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...(await sha256(content))))}:` };
}

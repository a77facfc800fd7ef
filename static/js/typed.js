// What is typed and not on the server yet, kept in this browser until it is.
// localStorage takes it at once, so that it outlives a closed page; but the browser writes that to
// disk some seconds later. IndexedDB writes each change through, so that it outlives a killed one.
const PREFIX = "typed:";
const ROWS = "typed";
const CLOSING_MS = 1000;
// Each change on its own would wait for the disk at every key; a killed browser loses what was typed
// in so short a time, and a closed one nothing.
const REST_MS = 100;

const waiting = new Map();
let writing = false;
let written = -REST_MS;

const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open("typed", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ROWS);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
  } catch {
    resolve(null); // A forbidden store: localStorage and the server remain.
  }
});

function ended(request, part) {
  return new Promise((resolve, reject) => {
    request[part] = () => resolve(request.result);
    request.onerror = reject;
    request.onabort = reject;
  });
}

// One writing at a time, always of what is newest.
async function writeThrough() {
  if (writing) return;
  writing = true;
  const database = await opened;
  while (database && waiting.size) {
    const rest = written + REST_MS - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    const changes = [...waiting];
    waiting.clear();
    try {
      const change = database.transaction(ROWS, "readwrite", { durability: "strict" });
      const rows = change.objectStore(ROWS);
      for (const [place, entry] of changes) {
        if (entry) rows.put(entry, place);
        else rows.delete(place);
      }
      change.commit();
      await ended(change, "oncomplete");
    } catch {
      // A full disk: localStorage and the server remain.
    }
    written = performance.now();
  }
  writing = false;
}

function change(place, entry) {
  waiting.set(place, entry);
  return writeThrough();
}

export function hold(place, entry) {
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(entry));
  } catch {
    // A full or forbidden store: the other one and the server remain.
  }
  change(PREFIX + place, entry);
}

export function drop(place) {
  localStorage.removeItem(PREFIX + place);
  return change(PREFIX + place, null);
}

function inLocalStorage(beginning) {
  const places = Object.keys(localStorage).filter((place) => place.startsWith(beginning));
  return places.map((place) => {
    try {
      return [place, JSON.parse(localStorage.getItem(place))];
    } catch {
      return [place, null];
    }
  });
}

async function onDisk(beginning) {
  const database = await opened;
  if (!database) return [];
  const rows = database.transaction(ROWS).objectStore(ROWS);
  const named = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
  try {
    const [places, entries] = await Promise.all([
      ended(rows.getAllKeys(named), "onsuccess"),
      ended(rows.getAll(named), "onsuccess"),
    ]);
    return places.map((place, row) => [place, entries[row]]);
  } catch {
    return [];
  }
}

// What is held under a beginning, place by place; of two copies the newer.
export async function held(beginning) {
  const newest = new Map();
  const copies = [...inLocalStorage(PREFIX + beginning), ...(await onDisk(PREFIX + beginning))];
  for (const [place, entry] of copies) {
    const name = place.slice(PREFIX.length);
    if (entry && entry.typedMs >= (newest.get(name)?.typedMs ?? 0)) newest.set(name, entry);
  }
  return newest;
}

// Does something once no window writes to a place; not at all while one does.
export async function whenClosed(place, act) {
  if (!navigator.locks) return act();
  try {
    return await navigator.locks.request(PREFIX + place, { signal: AbortSignal.timeout(CLOSING_MS) }, act);
  } catch (refusal) {
    if (refusal.name !== "TimeoutError") throw refusal;
  }
}

// Which window of this tab sent the form of a page last; told once, to the page that answers.
export function nameSender(page, name) {
  try {
    sessionStorage.setItem(PREFIX + page, name);
  } catch {
    // A forbidden store: the answer is then a window of its own.
  }
}

export function takeSender(page) {
  try {
    const name = sessionStorage.getItem(PREFIX + page);
    sessionStorage.removeItem(PREFIX + page);
    return name;
  } catch {
    return null;
  }
}

// What a leaving page has committed is written, though the page does not wait for it.
export async function dropAll() {
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith(PREFIX)) localStorage.removeItem(place);
  }
  const database = await opened;
  if (!database) return;
  const change = database.transaction(ROWS, "readwrite", { durability: "strict" });
  change.objectStore(ROWS).clear();
  change.commit();
}

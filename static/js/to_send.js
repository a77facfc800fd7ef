// Large files of a message, an answer or further evidence go to the server in pieces as they are chosen,
// and wait there until it is sent. Others, and without this script all, are sent whole with it.
import { Uploads } from "./several_uploads.js";

const NOT_YET = "Files are still on their way. Send it once they have come, or cancel those that you leave out.";

for (const tray of document.querySelectorAll("[data-to-send]")) {
  const form = tray.closest("form");
  const input = form.querySelector("input[type=file]");
  const uploads = new Uploads({ input, announce: tray.dataset.toSend, within: tray });
  input.addEventListener("change", () => {
    const [large, others] = [true, false].map((is) => [...input.files].filter((file) => file.size > tray.dataset.wholeBytes === is));
    if (!uploads.take(large)) return;
    const kept = new DataTransfer();
    for (const file of others) kept.items.add(file);
    input.files = kept.files;
  });
  // Before anybody else hears of it: what is held back is not sent, and is kept on.
  const holdBack = (event) => {
    if (!uploads.running) return;
    event.preventDefault();
    uploads.told.textContent = NOT_YET;
  };
  form.addEventListener("submit", holdBack, { capture: true });
  for (const button of tray.querySelectorAll("[data-upload-forget]")) {
    button.hidden = false;
    button.addEventListener("click", () => forget(button, input));
  }
}

async function forget(button, input) {
  const headers = { "X-CSRFToken": input.form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(button.dataset.uploadForget, { method: "POST", headers });
  if (!answer.ok || answer.redirected) return;
  button.closest(".upload").remove();
  input.focus();
}

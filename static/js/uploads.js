// Files chosen in a form go to the server in pieces when it is sent. Without this script the form
// sends them whole.
import { Uploads } from "./several_uploads.js";

for (const form of document.querySelectorAll("form[data-uploads]")) {
  const input = form.querySelector("input[type=file]");
  const uploads = new Uploads({ input, announce: form.dataset.uploads, within: document });
  form.addEventListener("submit", (event) => {
    if (uploads.take()) event.preventDefault(); // Where nothing is chosen, the server says what to do.
  });
}

// Tells, while a part of a draft stays open, who else has it open; without this script it is told when
// the page is opened.
const EACH_MS = 30000;

async function look(told) {
  if (document.visibilityState === "hidden") return;
  const answer = await fetch(told.dataset.elsewhere).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What is the same is not read out again.
  if (page.body.textContent.trim() !== told.textContent.trim()) told.replaceChildren(...page.body.childNodes);
}

for (const told of document.querySelectorAll("[data-elsewhere]")) setInterval(look, EACH_MS, told);

// The queue's page: new tickets are announced, changed ones marked, counts kept right, rows walked by keys.

import { listen } from "./live.js";
import { shortcuts } from "./shortcuts.js";

const queue = document.getElementById("queue");
const status = document.getElementById("news");
const showThem = document.getElementById("news-show");
const search = document.getElementById("q");
const title = document.title;
const SETTLE = 400;
let waiting = 0;

sessionStorage.setItem("desk-queue", location.pathname + location.search);

function say(words, canShow = true) {
  if (status.textContent !== words) status.textContent = words;
  showThem.hidden = !canShow;
}

// Marks a row that somebody has changed; it stays where it is, so that nothing moves under the pointer.
function mark({ reference, state, state_name: stateName, assignee, kind }) {
  const row = queue.querySelector(`[data-reference="${CSS.escape(reference)}"]`);
  if (!row || kind === "opened") return;
  const shown = row.querySelector("[data-part=state]");
  shown.textContent = stateName;
  shown.className = `state ${state}`;
  row.querySelector("[data-part=assignee]").textContent = assignee;
  if (assignee) row.querySelector("[data-part=take]")?.remove();
  row.classList.add("changed");
}

async function count() {
  const query = new URLSearchParams(queue.dataset.query);
  query.set("since", queue.dataset.position);
  const response = await fetch(`/desk/api/tickets?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { counts, arrived, words } = await response.json();
  for (const shown of document.querySelectorAll("[data-count]")) shown.textContent = counts[shown.dataset.count];
  document.title = arrived ? `(${arrived}) ${title}` : title;
  if (words) say(words);
}

const countSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => count().catch(() => {}), SETTLE);
};

listen(Number(queue.dataset.position), {
  heard: (news) => {
    news.forEach(mark);
    countSoon();
  },
  missed: () => say("Much has changed."),
  ended: () => say("You are signed out: nothing new appears here.", false),
});
// Another tab may have told of what came while this page was loading.
countSoon();

const links = () => [...queue.querySelectorAll("a.open-ticket")];
const place = () => links().indexOf(document.activeElement?.closest("tr")?.querySelector("a.open-ticket"));
const go = (step) => {
  const all = links();
  const at = place();
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  all[Math.max(0, Math.min(next, all.length - 1))]?.focus();
};

shortcuts({
  j: () => go(1),
  k: () => go(-1),
  a: () => links()[place()]?.closest("tr").querySelector("[data-part=take]")?.requestSubmit(),
  "/": () => search.focus(),
});

// A ticket's page: says when somebody else changes it, keeps drafts in this tab until they are sent, and knows the keys.

import { listen } from "./live.js";
import { shortcuts } from "./shortcuts.js";
import { press } from "./suggestions.js";

const ticket = document.querySelector(".ticket");
const { reference, position, agent, done } = ticket.dataset;
const status = document.getElementById("news");
const showThem = document.getElementById("news-show");
const boxes = ["answer", "note"].map((id) => document.getElementById(id)).filter(Boolean);

const back = sessionStorage.getItem("desk-queue");
if (back?.startsWith("/desk/tickets")) document.getElementById("back").href = back;

for (const box of boxes) {
  const name = `desk-draft:${reference}:${box.id}`;
  if (done === box.id) sessionStorage.removeItem(name);
  else if (!box.value) box.value = sessionStorage.getItem(name) ?? "";
  const keep = () => (box.value ? sessionStorage.setItem(name, box.value) : sessionStorage.removeItem(name));
  box.addEventListener("input", keep);
  box.addEventListener("keydown", (event) => event.key === "Escape" && box.blur());
}

// The address would say once more that the last answer has gone: a reload would take the next draft away.
if (done) history.replaceState(null, "", location.pathname);

function say(words, canShow) {
  status.textContent = words;
  showThem.hidden = !canShow;
}

listen(Number(position), {
  heard: (news) => {
    const others = news.filter((one) => one.reference === reference && one.by_id !== agent);
    if (others.length) say(`${others.at(-1).by || "The customer"} has changed this ticket.`, true);
  },
  missed: () => say("This page may be old.", true),
  ended: () => say("You are signed out. Copy what you have written before you sign in again.", false),
});

document.getElementById("meanwhile")?.focus();

const send = (id) => () => document.getElementById(id)?.requestSubmit();
const focus = (id) => () => document.getElementById(id)?.focus();
shortcuts({
  a: send("take"),
  r: focus("answer"),
  n: focus("note"),
  e: send("resolve"),
  "/": () => location.assign("/desk/tickets#q"),
}, press);

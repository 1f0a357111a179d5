// Lets the chat answer without loading the page anew. Without this module the same forms work by themselves.
// Everything from the server is set as text; nothing is ever read as HTML.

const chat = document.getElementById("chat");
const log = chat.querySelector(".log");
const list = log.querySelector("ol");
const status = chat.querySelector(".status");
const form = document.getElementById("ask");
const field = form.elements.namedItem("text");
let waiting = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (text && !waiting) send({ text }, text);
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

list.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=button]");
  if (!button) return;
  event.preventDefault();
  if (!waiting) send({ button: button.value }, button.textContent);
});

async function send(turn, said) {
  const own = show({ text: said, links: [], buttons: [] }, "customer");
  busy(true);
  try {
    const messages = await ask(turn);
    if (turn.text) field.value = "";
    messages.forEach((message) => show(message, "desk"));
    status.textContent = "";
  } catch (error) {
    own.remove();
    status.textContent = error.words ?? chat.dataset.unreachable;
  } finally {
    busy(false);
    field.focus();
  }
}

async function ask(turn) {
  const response = await fetch("/api/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(turn),
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error.code), { words: answer.error.message });
  return answer.messages;
}

function busy(yes) {
  waiting = yes;
  if (yes) status.textContent = "The assistant is writing …";
}

function show(message, side) {
  const item = element("li", { className: `message ${side}` });
  item.append(element("p", { className: "speaker", textContent: side === "desk" ? "Assistant" : "You" }));
  const links = message.links.filter((link) => isSafe(link.url));
  for (const part of message.text.split("\n\n")) item.append(paragraph(part, links));
  const apart = links.filter((link) => !message.text.includes(link.label));
  if (apart.length) item.append(linkList(apart));
  if (message.buttons.length) item.append(choices(message.buttons));
  list.append(item);
  log.scrollTop = log.scrollHeight;
  return item;
}

function paragraph(text, links) {
  const made = element("p");
  let rest = text;
  for (const link of links) {
    const start = rest.indexOf(link.label);
    if (start < 0) continue;
    lines(made, rest.slice(0, start));
    made.append(anchor(link));
    rest = rest.slice(start + link.label.length);
  }
  lines(made, rest);
  return made;
}

function lines(into, text) {
  text.split("\n").forEach((line, number) => {
    if (number) into.append(element("br"));
    into.append(line);
  });
}

function linkList(links) {
  const made = element("ul", { className: "links" });
  for (const link of links) {
    const item = element("li");
    item.append(anchor(link));
    made.append(item);
  }
  return made;
}

function choices(buttons) {
  const made = element("div", { className: "buttons" });
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", "Choices");
  for (const { id, label } of buttons) {
    made.append(element("button", { type: "button", name: "button", value: id, textContent: label }));
  }
  return made;
}

function anchor({ label, url }) {
  const made = element("a", { href: url, textContent: label });
  if (label === "CLICK HERE") made.setAttribute("aria-label", "CLICK HERE to open the contact form");
  return made;
}

function isSafe(url) {
  return url.startsWith("https://") || (url.startsWith("/") && !url.startsWith("//") && !url.startsWith("/\\"));
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

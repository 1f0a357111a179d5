// One message of the conversation: paragraphs, links inside the words that name them, a card, choices.

import { card } from "./cards.js";
import { button, isInFrame, make, unseen } from "./elements.js";

/** A message of the customer; it can be marked as not sent later. */
export function ownMessage(text, t) {
  const body = make("div", { class: "bubble" }, unseen(`${t("you")}: `), ...linesOf(text));
  return make("li", { class: "message own" }, body);
}

/** A reply of the desk; `press` is called with a choice's id and label. */
export function reply(message, t, press) {
  const links = message.links.filter(({ url }) => isSafe(url)).map((link) => ({ ...link, t }));
  const laidOut = card(message.card, t);
  const replaced = laidOut && message.card.paragraph;
  const body = make("div", { class: "bubble", lang: message.kind === "notice" ? false : "en" });
  if (laidOut && !replaced) body.append(laidOut);
  for (const part of message.text.split("\n\n")) {
    body.append(part === replaced ? laidOut : make("p", {}, ...linked(part, links)));
  }
  if (replaced && !laidOut.parentNode) body.append(laidOut);
  const apart = links.filter(({ label }) => !message.text.includes(label));
  if (apart.length) body.append(make("ul", { class: "links", role: "list" }, ...apart.map((link) => make("li", {}, anchor(link)))));
  const item = make("li", { class: `message desk ${message.kind}`, "data-id": message.id }, unseen(`${t("assistant")}: `), body);
  if (message.buttons.length) item.append(choices(message.buttons, t, press));
  return item;
}

function choices(buttons, t, press) {
  const all = buttons.map(({ id, label }) => button(label, () => press(id, label), { class: "choice" }));
  return make("div", { class: "choices", role: "group", "aria-label": t("choices") }, ...all);
}

/** The text with each link set where its label stands. */
function linked(text, links) {
  for (const [position, link] of links.entries()) {
    const start = text.indexOf(link.label);
    if (start < 0) continue;
    const others = links.filter((_, at) => at !== position);
    return [...linked(text.slice(0, start), others), anchor(link), ...linked(text.slice(start + link.label.length), others)];
  }
  return linesOf(text);
}

function linesOf(text) {
  return text.split("\n").flatMap((line, number) => (number ? [make("br"), line] : [line]));
}

function anchor({ label, url, t }) {
  const target = new URL(url, location.href);
  const isElsewhere = target.origin !== location.origin || (isInFrame && target.pathname !== "/contact");
  const name = label === label.toUpperCase() && target.pathname === "/contact" && t("contact_form_opens", { label });
  return make("a", { href: url, target: isElsewhere && "_blank", rel: isElsewhere && "noopener noreferrer", "aria-label": name }, label);
}

function isSafe(url) {
  try {
    const { origin, protocol } = new URL(url, location.href);
    return protocol === "https:" || origin === location.origin;
  } catch {
    return false;
  }
}

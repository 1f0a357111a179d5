// A claim's timeline and a verdict's rules, laid out as lists that say in words what they show.

import { icon, make, unseen } from "./elements.js";

const MARKS = { holds: "holds", fails: "close" };

/** The card of a message; nothing for a kind this page does not know, as the text says everything. */
export function card(data, t) {
  if (data?.type === "timeline") return timeline(data, t);
  if (data?.type === "rules") return rules(data, t);
  return null;
}

function timeline({ title, steps }, t) {
  const items = steps.map(({ label, state, detail }) =>
    make(
      "li",
      { class: `step ${state}` },
      make("span", { class: "step-label" }, label),
      detail && make("span", { class: "step-detail" }, unseen(", "), detail),
      unseen(`, ${t(`step_${state}`)}`),
    ),
  );
  return make("div", { class: "card" }, make("p", { class: "card-title" }, title), make("ol", { class: "steps", role: "list" }, ...items));
}

function rules({ rules: all }, t) {
  const items = all.map(({ state, label, text }) =>
    make(
      "li",
      { class: `rule ${state}` },
      make("span", { class: "mark", "aria-hidden": "true" }, MARKS[state] ? icon(MARKS[state]) : "?"),
      make("span", {}, unseen(`${t(`rule_${state}`)}: `), label && make("strong", {}, `${label}: `), text),
    ),
  );
  return make("ul", { class: "card rules", role: "list" }, ...items);
}

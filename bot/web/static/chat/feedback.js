// What the customer thinks of an answer: a thumb, and after a thumb down the reason.

import { button, icon, make } from "./elements.js";

const REASONS = ["wrong", "out_of_date", "not_understood", "not_my_case"];

/** The thumbs of a reply; `rate` is called with the verdict and the reason and may fail. */
export function feedback(t, rate) {
  const told = make("span", { class: "told", role: "status" });
  const box = make("div", { class: "feedback", role: "group", "aria-label": t("helpful") });
  const yes = thumb("yes", () => vote(true));
  const no = thumb("no", () => vote(false));
  box.append(make("span", { class: "asked", "aria-hidden": "true" }, t("helpful")), yes, no, told);

  function thumb(name, action) {
    return button(icon("thumb"), action, { class: `icon thumb ${name}`, "aria-pressed": "false", "aria-label": t(`helpful_${name}`) });
  }

  async function vote(helpful) {
    if (!(await send(helpful))) return;
    yes.setAttribute("aria-pressed", helpful);
    no.setAttribute("aria-pressed", !helpful);
    box.querySelector(".reasons")?.remove();
    if (helpful) told.textContent = t("helpful_thanks");
    else ask();
  }

  function ask() {
    told.textContent = "";
    const choices = REASONS.map((reason) => button(t(`reason_${reason}`), () => explain(reason), { class: "choice small" }));
    const reasons = make("div", { class: "reasons", role: "group", "aria-label": t("helpful_why") });
    reasons.append(make("span", { class: "asked", "aria-hidden": "true" }, t("helpful_why")), ...choices);
    box.append(reasons);
    choices[0].focus();
  }

  async function explain(reason) {
    if (!(await send(false, reason))) return;
    no.focus();
    box.querySelector(".reasons").remove();
    told.textContent = t("helpful_thanks");
  }

  async function send(helpful, reason) {
    try {
      await rate(helpful, reason);
      return true;
    } catch {
      told.textContent = t("helpful_failed");
      return false;
    }
  }

  return box;
}

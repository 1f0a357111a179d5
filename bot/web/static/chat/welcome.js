// What the chat can do, shown before anything is said: where the promotion stands, topics with their questions, look-ups.

import { button, icon, make } from "./elements.js";

const LOOKUPS = ["lookup_claim", "lookup_payment", "lookup_purchase"];

/** The opening; `ask` is called with the text of what is chosen. */
export function welcome({ banner, sections }, t, ask) {
  const topics = make("div", { class: "topics" });
  showTopics();

  function showTopics(focused) {
    const chips = sections.map((section) => button(section.title, () => showQuestions(section), { class: "chip" }));
    topics.replaceChildren(...group("topics", t("topics"), chips));
    chips[sections.indexOf(focused)]?.focus();
  }

  function showQuestions(section) {
    const back = button(icon("back"), () => showTopics(section), { class: "chip back", "aria-label": t("all_topics"), title: t("all_topics") });
    const questions = section.questions.map((question) => button(question, () => ask(question), { class: "choice", lang: "en" }));
    topics.replaceChildren(back, ...group("questions", t("topic_questions", { topic: section.title }), questions));
    back.focus();
  }

  const lookups = LOOKUPS.map((name) => button(t(name), () => ask(t(name)), { class: "choice" }));
  return make(
    "div",
    { class: "welcome" },
    ...banner.map((sentence) => make("p", { class: "banner", lang: "en" }, sentence)),
    make("p", { class: "hello" }, t("welcome")),
    topics,
    ...group("lookups", t("lookups"), lookups),
    make("p", { class: "notice" }, t("notice")),
  );
}

function group(kind, title, members) {
  const heading = make("p", { class: "heading", id: `heading-${kind}` }, title);
  return [heading, make("div", { class: kind, role: "group", "aria-labelledby": heading.id }, ...members)];
}

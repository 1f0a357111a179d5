// The open chat: its head, the field to write in, the ways out. Loaded by <promo-chat> on first use.

import * as desk from "./desk.js";
import { button, icon, isInFrame, make } from "./elements.js";
import { inTurn, Log } from "./log.js";
import { sheet } from "./styles.js";
import { savedLanguage, saveLanguage, Tabs } from "./tabs.js";
import { welcome } from "./welcome.js";

const SMALL = matchMedia("(max-width: 30rem), (max-height: 30rem)");
const FEW_LEFT = 100;

export class Panel {
  #host;
  #words;
  #log;
  #parts;
  #dialog;
  #tabs;

  /** A panel in the element, with its words loaded; raises `Trouble` if the desk is away. */
  static async make(host) {
    const panel = new Panel(host);
    await panel.#translate(savedLanguage() ?? (host.lang || document.documentElement.lang));
    panel.#watch();
    return panel;
  }

  constructor(host) {
    this.#host = host;
  }

  #watch() {
    this.#host.shadowRoot.adoptedStyleSheets.push(sheet);
    this.#tabs = new Tabs({ said: () => this.#refresh(), ended: () => this.#clear() });
    addEventListener("online", () => this.#log.sendAgain());
    SMALL.addEventListener("change", () => this.#dialog.open && this.show(false));
  }

  show(focus) {
    if (this.#dialog.open) this.#dialog.close();
    // On a small screen the page behind is out of reach; elsewhere both can be used side by side.
    if (SMALL.matches && !isInFrame) this.#dialog.showModal();
    else this.#dialog.setAttribute("open", "");
    if (focus) this.#parts.field.focus();
    this.#scrollToEnd();
  }

  hide() {
    this.#dialog.close();
  }

  #t = (key, values = {}) =>
    this.#words.strings[key].replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);

  async #translate(language) {
    const words = await desk.words(language);
    await inTurn(() => this.#rebuild(words));
    await this.#refresh();
  }

  /** The same again in other words: what is typed stays, and so does the keyboard's place. */
  #rebuild(words) {
    const root = this.#host.shadowRoot;
    const before = this.#dialog;
    const typed = this.#parts?.field.value ?? "";
    const focused = before?.contains(root.activeElement) && root.activeElement.id;
    this.#words = words;
    this.#build();
    before?.remove();
    root.append(this.#dialog);
    this.#host.label = this.#t("open");
    this.#parts.field.value = typed;
    this.#parts.field.dispatchEvent(new Event("input"));
    if (before?.open) this.show(false);
    if (focused) root.getElementById(focused).focus();
  }

  #build() {
    const t = this.#t;
    this.#log = new Log({
      t,
      onBusy: (yes) => this.#busy(yes),
      onShown: (item) => this.#scrollTo(item),
      onRefused: (words, turn) => this.#refused(words, turn),
      onSaid: () => this.#tabs.tell("said"),
      onPressed: () => this.#readyToWrite(),
    }, this.#log?.giveUp());
    const status = make("p", { class: "unseen", role: "status" });
    const trouble = make("p", { class: "trouble", role: "alert", hidden: true });
    const typing = make("div", { class: "typing", "aria-hidden": "true", hidden: true }, make("i"), make("i"), make("i"));
    const scroller = make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": t("conversation") });
    scroller.append(welcome(this.#words, t, (text) => this.#say(text)), this.#log.element, typing);
    this.#parts = { status, trouble, typing, scroller, ...this.#form(), ...this.#ways() };
    this.#dialog = make(
      "dialog",
      { class: isInFrame ? "panel whole" : "panel", "aria-labelledby": "title", lang: this.#words.language, dir: this.#words.direction },
      this.#header(), scroller, status, trouble, this.#parts.form, this.#parts.ways,
    );
    this.#dialog.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && this.#back(event));
    // A phone's own gesture for going back cancels the dialog, and may close it without asking.
    this.#dialog.addEventListener("cancel", (event) => this.#back(event));
    this.#dialog.addEventListener("close", () => this.#dialog.open || this.#host.close());
    this.#dialog.addEventListener("click", (event) => this.#leadAway(event));
  }

  #header() {
    const t = this.#t;
    const languages = this.#words.languages.map(({ code, name }) =>
      make("option", { value: code, lang: code, selected: code === this.#words.language }, name),
    );
    const select = make("select", { id: "language", "aria-label": t("language") }, ...languages);
    select.addEventListener("change", () => this.#choose(select.value));
    const close = button(icon("close"), () => this.#host.close(), { class: "icon", "aria-label": t("close"), title: t("close") });
    const titles = make(
      "div", { class: "titles" },
      make("h2", { id: "title" }, t("title")),
      make("p", { lang: "en" }, this.#words.promotion),
    );
    return make("header", {}, titles, select, !isInFrame && close);
  }

  #form() {
    const t = this.#t;
    const field = make("textarea", { id: "field", rows: "1", maxlength: this.#words.longest_text, autocomplete: "off", enterkeyhint: "send" });
    const left = make("span", { class: "left", role: "status" });
    const send = make("button", { type: "submit", class: "icon send", "aria-label": t("send"), title: t("send") }, icon("send"));
    const form = make("form", {}, make("label", { for: "field" }, t("message")), left, field, send);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    field.addEventListener("input", () => {
      const count = this.#words.longest_text - field.value.length;
      left.textContent = count <= FEW_LEFT ? t("characters_left", { count }) : "";
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      field.value = left.textContent = "";
      if (text) this.#say(text);
      field.focus();
    });
    return { form, field };
  }

  /** The two ways out, in the same place whatever happens. */
  #ways() {
    const person = make("a", { href: "/contact", class: "way" }, this.#t("person"));
    const end = button(this.#t("end"), () => this.#askToEnd(), { class: "way" });
    return { ways: make("div", { class: "ways" }, person, end), end };
  }

  #say(text) {
    this.#parts.trouble.hidden = true;
    this.#log.say({ text }, text);
    this.#readyToWrite();
  }

  /** Where a finger points, the keyboard would come up and cover half of the answer. */
  #readyToWrite() {
    if (matchMedia("(pointer: fine)").matches) this.#parts.field.focus();
  }

  #busy(yes) {
    this.#parts.typing.hidden = !yes;
    this.#parts.status.textContent = yes ? this.#t("writing") : "";
  }

  #refused(words, turn) {
    this.#complain(words);
    if (turn.text && !this.#parts.field.value) this.#parts.field.value = turn.text;
  }

  #complain(words) {
    this.#parts.trouble.textContent = words;
    this.#parts.trouble.hidden = false;
  }

  async #refresh() {
    try {
      await this.#log.refresh();
    } catch {
      this.#complain(this.#t("history_failed"));
    }
  }

  async #choose(language) {
    saveLanguage(language);
    try {
      await this.#translate(language);
    } catch {
      this.#complain(this.#t("unreachable"));
    }
  }

  #askToEnd() {
    if (this.#parts.stay) return;
    const leave = button(this.#t("end_yes"), () => this.#end(), { class: "choice small strong" });
    const box = make(
      "div", { class: "ending", role: "group", "aria-labelledby": "ending" },
      make("p", { id: "ending" }, this.#t("end_question")),
      leave, button(this.#t("end_no"), () => this.#parts.stay(), { class: "choice small" }),
    );
    this.#parts.stay = () => {
      box.remove();
      this.#parts.end.focus();
      this.#parts.stay = null;
    };
    this.#parts.ways.before(box);
    leave.focus();
  }

  async #end() {
    try {
      await desk.end();
    } catch (trouble) {
      this.#complain(trouble.words ?? this.#t("end_failed"));
      return;
    }
    this.#parts.stay?.();
    this.#tabs.tell("ended");
    this.#clear();
    this.#parts.field.focus();
  }

  #clear() {
    this.#log.clear();
    this.#parts.trouble.hidden = true;
    this.#parts.field.value = "";
    this.#parts.status.textContent = this.#t("ended");
    this.#parts.scroller.scrollTop = 0;
  }

  #back(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.#parts.stay) this.#parts.stay();
    else this.#host.close();
  }

  /** A link to a place on this page is of no use behind a chat that fills the screen. */
  #leadAway(event) {
    const link = event.target.closest("a");
    if (link?.hash && link.pathname === location.pathname && SMALL.matches && !isInFrame) this.#host.close();
  }

  #scrollTo(item) {
    const { scroller } = this.#parts;
    if (item.classList.contains("own")) scroller.scrollTop = item.offsetTop - 12;
    else this.#scrollToEnd();
  }

  #scrollToEnd() {
    const { scroller } = this.#parts;
    scroller.scrollTop = this.#log.isEmpty ? 0 : scroller.scrollHeight;
  }
}

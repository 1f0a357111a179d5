// The conversation as it is shown: messages in order, each sent once, in every tab the same.

import * as desk from "./desk.js";
import { feedback } from "./feedback.js";
import { button, make } from "./elements.js";
import { ownMessage, reply } from "./message.js";

const PAUSES = [800, 2500];
/** What is done one after the other, whichever log it is for. */
let queue = Promise.resolve();

/** Do something after all that is under way; what fails holds up nothing. */
export function inTurn(job) {
  const done = queue.then(job);
  queue = done.catch(() => {});
  return done;
}

/** Kinds of replies that a customer is asked about. */
const RATED = ["answer", "lookup"];

export class Log {
  #t;
  #list = make("ol", { role: "list" });
  #known = new Set();
  #unsent = new Map();
  #options;

  /**
   * `options`: t, onBusy(yes), onShown(item), onRefused(words, turn), onSaid(), onPressed().
   * What another log has given up is said here after the first refresh.
   */
  constructor(options, unsaid = []) {
    this.#t = options.t;
    this.#options = options;
    this.element = make("div", { class: "log", role: "log", "aria-label": this.#t("conversation") }, this.#list);
    for (const { turn, words } of unsaid) this.#own(turn, words).classList.add("unsent");
  }

  get isEmpty() {
    return !this.#list.hasChildNodes();
  }

  /** Say something; it is sent after what was said before, under a key that the desk answers once only. */
  say(turn, words) {
    this.#send(this.#own({ ...turn, key: newKey() }, words));
  }

  /** Send what could not be sent, in its order. */
  sendAgain() {
    for (const item of this.#unsent.keys()) if (item.classList.contains("unsent")) this.#send(item);
  }

  /** Show what was said before, or in another tab; what stands here already stays. */
  async refresh() {
    try {
      await inTurn(async () => this.#take(await desk.history([...this.#unsent.values()].map(({ turn }) => turn.key))));
    } finally {
      this.sendAgain();
    }
  }

  /** Nothing more is sent from here; what was not is given back. */
  giveUp() {
    const unsaid = [...this.#unsent.values()];
    this.#unsent.clear();
    return unsaid;
  }

  clear() {
    this.#known.clear();
    this.#unsent.clear();
    this.#list.replaceChildren();
  }

  #own(turn, words) {
    const item = ownMessage(words, this.#t);
    this.#unsent.set(item, { turn, words });
    return item;
  }

  #send(item) {
    item.classList.remove("unsent");
    item.querySelector(".trouble")?.remove();
    if (!item.parentNode) this.#list.append(item);
    this.#options.onShown(item);
    inTurn(() => this.#deliver(item));
  }

  async #deliver(item) {
    const turn = this.#unsent.get(item)?.turn;
    if (!turn) return;
    this.#options.onBusy(true);
    try {
      const messages = await this.#persist(turn);
      if (!this.#unsent.delete(item)) return;
      messages.forEach((message) => this.#add(message));
      this.#options.onShown(item);
      this.#options.onSaid();
    } catch (trouble) {
      this.#fail(item, turn, trouble);
    } finally {
      this.#options.onBusy(false);
    }
  }

  /** A lost answer is asked for again by itself, a few times. */
  async #persist(turn) {
    for (const pause of PAUSES) {
      try {
        return await desk.say(turn);
      } catch (trouble) {
        if (!trouble.isLost || !navigator.onLine) throw trouble;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return desk.say(turn);
  }

  #fail(item, turn, trouble) {
    if (!trouble.canBeSentAgain) {
      this.#unsent.delete(item);
      item.remove();
      this.#options.onRefused(trouble.words ?? this.#t("unreachable"), turn);
      return;
    }
    const why = trouble.words ?? this.#t(navigator.onLine ? "unreachable" : "offline");
    const again = button(this.#t("send_again"), () => this.#send(item), { class: "choice small" });
    item.classList.add("unsent");
    item.append(make("div", { class: "trouble" }, make("strong", {}, this.#t("not_sent")), " ", make("span", {}, why), " ", again));
    this.#options.onShown(item);
  }

  #take(messages) {
    const latest = messages.findLastIndex(({ id }) => this.#known.has(id));
    for (const message of messages.slice(latest + 1)) {
      if (message.from === "desk") this.#add(message);
      else if (!message.key) this.#list.append(ownMessage(message.text, this.#t));
    }
    if (messages.length > latest + 1) this.#options.onShown(this.#list.lastChild);
  }

  #add(message) {
    if (this.#known.has(message.id)) return;
    this.#known.add(message.id);
    const press = (id, label) => {
      this.say({ button: id }, label);
      this.#options.onPressed();
    };
    const item = reply(message, this.#t, press);
    if (RATED.includes(message.kind)) {
      item.append(feedback(this.#t, (helpful, reason) => desk.rate(message.id, helpful, reason)));
    }
    this.#list.append(item);
  }
}

function newKey() {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

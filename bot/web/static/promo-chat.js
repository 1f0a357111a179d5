// <promo-chat>: the button that opens the chat. The chat itself is loaded on first use; on another site it comes in a frame.
// One script tag is enough: without a <promo-chat> on the page, one is added at its end.

const home = new URL(import.meta.url).origin;
const isGuest = home !== location.origin;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host {
  --accent: var(--promo-chat-accent, #0b5f5a);
  --on-accent: var(--promo-chat-on-accent, #ffffff);
  --mark: var(--accent);
  --font: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :host { --accent: var(--promo-chat-accent, #14706a); --mark: var(--promo-chat-accent-dark, #6fd3c7); }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.launcher {
  position: fixed;
  inset-block-end: max(1rem, env(safe-area-inset-bottom));
  inset-inline-end: 1rem;
  z-index: 2147483000;
  display: inline-flex;
  align-items: center;
  gap: .6rem;
  min-block-size: 3.25rem;
  min-inline-size: 3.25rem;
  padding: .75rem 1.25rem .75rem 1rem;
  border: 2px solid transparent;
  border-radius: 2rem;
  background: var(--accent);
  color: var(--on-accent);
  font: 600 1rem/1.2 var(--font);
  box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .22);
  cursor: pointer;
  transition: transform .15s ease;
}
.launcher:hover { transform: translateY(-2px); }
.launcher:focus-visible { outline: 3px solid var(--mark); outline-offset: 3px; }
.launcher[aria-busy="true"] { cursor: progress; }
svg { inline-size: 1.5rem; block-size: 1.5rem; flex: none; fill: currentColor; }
.frame, .panel {
  position: fixed;
  inset: auto;
  inset-block-end: max(1rem, env(safe-area-inset-bottom));
  inset-inline-end: 1rem;
  z-index: 2147483001;
  inline-size: min(26rem, calc(100vw - 2rem));
  block-size: min(42rem, calc(100dvh - 2rem));
  border-radius: 1rem;
  overflow: hidden;
  box-shadow: 0 1rem 3rem rgb(0 0 0 / .28);
}
.frame { display: flex; flex-direction: column; background: var(--accent); color: var(--on-accent); }
iframe { flex: 1; border: 0; }
.icon {
  display: grid;
  place-items: center;
  flex: none;
  inline-size: 2.75rem;
  block-size: 2.75rem;
  padding: 0;
  border: 1px solid transparent;
  border-radius: .5rem;
  background: none;
  color: inherit;
  cursor: pointer;
}
.icon:hover { background: rgb(128 128 128 / .3); }
.leave { align-self: end; font: 1.75rem/1 var(--font); }
.leave:focus-visible { outline: 3px solid; outline-offset: -4px; }
@media (max-width: 30rem) {
  .launcher { padding: .75rem; }
  .launcher span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (max-width: 30rem), (max-height: 30rem) {
  .frame { inset: 0; inline-size: 100vw; block-size: 100dvh; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { .launcher { transition: none; } .launcher:hover { transform: none; } }
@media (forced-colors: active) { .launcher, .icon { border-color: ButtonText; } }
@media print { :host { display: none; } }
`);

class PromoChat extends HTMLElement {
  #button;
  #panel;
  #frame;
  #closing = "Close";

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.#button = this.#launcher();
    this.shadowRoot.append(this.#button);
    this.#name();
    if (this.#isInFrame) this.#comeBack();
    else if (!isGuest) this.#resume();
  }

  /** Show the chat, or the form if it cannot be loaded; `focus: false`, for what nobody asked for, leaves keyboard and page alone. */
  async open({ focus = true } = {}) {
    if (this.#button.ariaBusy === "true") return;
    this.#button.ariaBusy = "true";
    try {
      await (isGuest ? this.#openFrame() : this.#openPanel(focus));
    } catch {
      if (focus) location.assign(`${home}/contact`);
    } finally {
      this.#button.ariaBusy = "false";
    }
  }

  /** Put the chat away and give the keyboard back to the button. */
  close() {
    const parent = this.getAttribute("parent");
    if (parent) window.parent.postMessage("promo-chat:close", parent);
    if (this.#isInFrame || this.#button.ariaExpanded === "false") return;
    this.#frame?.setAttribute("hidden", "");
    this.#panel?.hide();
    if (!isGuest) remember("closed");
    this.#button.hidden = false;
    this.#button.ariaExpanded = "false";
    this.#button.focus();
  }

  /** What the button says; the chat calls it when its language changes. */
  set label(words) {
    this.#button.lastChild.textContent = words;
  }

  get #isInFrame() {
    return this.hasAttribute("in-frame");
  }

  async #openPanel(focus) {
    if (!this.#panel) {
      const { Panel } = await import("./chat/panel.js");
      this.#panel = await Panel.make(this);
    }
    this.#panel.show(focus);
    this.#opened();
  }

  async #openFrame() {
    this.#frame ??= this.#makeFrame();
    this.#frame.removeAttribute("hidden");
    this.#frame.lastChild.focus();
    this.#opened();
  }

  #opened() {
    this.#button.hidden = true;
    this.#button.ariaExpanded = "true";
    if (!isGuest && !this.#isInFrame) remember("open");
    this.dispatchEvent(new Event("open"));
  }

  #makeFrame() {
    const inside = document.createElement("iframe");
    inside.name = new URLSearchParams({ origin: location.origin, lang: this.lang || document.documentElement.lang });
    inside.src = `${home}/embed?${inside.name}`;
    inside.title = this.#button.lastChild.textContent;
    addEventListener("message", ({ origin, source, data }) => {
      if (origin === home && source === inside.contentWindow && data === "promo-chat:close") this.close();
    });
    const frame = document.createElement("div");
    frame.className = "frame";
    frame.append(this.#leave(), inside);
    frame.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    this.shadowRoot.append(frame);
    return frame;
  }

  /** What closes the frame, whatever page stands in it. */
  #leave() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "icon leave";
    button.textContent = "×";
    button.ariaLabel = button.title = this.#closing;
    button.addEventListener("click", () => this.close());
    return button;
  }

  /** The form's way back to the chat leads to the bare address; the frame's name still says whose frame it is. */
  #comeBack() {
    if (!location.search && window.name) location.replace(`?${window.name}`);
    else this.open();
  }

  #launcher() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "launcher";
    button.ariaHasPopup = "dialog";
    button.ariaExpanded = "false";
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-7l-5 4.5V17H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 5v1.8h10V8zm0 3.5v1.8h7v-1.8z");
    icon.append(path);
    const words = document.createElement("span");
    words.textContent = this.getAttribute("label") ?? "Chat";
    button.append(icon, words);
    button.addEventListener("click", () => this.open());
    return button;
  }

  /** The words come from the desk; a label on the element goes before. */
  async #name() {
    if (this.hasAttribute("label") && !isGuest) return;
    const lang = this.lang || document.documentElement.lang;
    try {
      const answer = await fetch(`${home}/api/chat/interface?lang=${encodeURIComponent(lang)}`);
      const { open, close } = (await answer.json()).strings;
      this.#closing = close;
      if (!this.hasAttribute("label")) this.label = open;
    } catch {
      // The button has a name already, if not the best one.
    }
  }

  /** Open again after a reload where there is room, and whenever the page's own links lead to the chat. */
  #resume() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href$="#chat"]');
      if (link?.pathname !== location.pathname) return;
      event.preventDefault();
      this.open();
    });
    if (location.hash === "#chat") this.open();
    else if (wasOpen() && matchMedia("(min-width: 48rem)").matches) this.open({ focus: false });
  }
}

/** Keep whether the chat is open, for a reload of this tab; a browser may refuse to keep anything. */
function remember(state) {
  try {
    sessionStorage.setItem("promo-chat", state);
  } catch {}
}

function wasOpen() {
  try {
    return sessionStorage.getItem("promo-chat") === "open";
  } catch {
    return false;
  }
}

customElements.define("promo-chat", PromoChat);
if (!document.querySelector("promo-chat")) document.body.append(document.createElement("promo-chat"));

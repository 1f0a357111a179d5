// What tabs tell one another, and the language kept for the next visit: nothing that was said.

const NAME = "promo-chat";

/** Tells the other tabs news; `hear` has a function for each kind. */
export class Tabs {
  #channel = new BroadcastChannel(NAME);

  constructor(hear) {
    this.#channel.onmessage = ({ data }) => hear[data]?.();
  }

  tell(news) {
    this.#channel.postMessage(news);
  }
}

export function savedLanguage() {
  return attempt(() => localStorage.getItem(`${NAME}-language`));
}

export function saveLanguage(language) {
  attempt(() => localStorage.setItem(`${NAME}-language`, language));
}

/** A browser may refuse to keep anything. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

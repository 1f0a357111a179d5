// News about tickets as they happen. Of all tabs of this browser one listens and tells the others: a browser keeps few
// connections to one site, and each stream takes one for as long as its tab is open.

const NAME = "desk-tickets";
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;

// Calls heard with the events after a position, missed when the page has to be loaded anew, and ended when nobody is
// signed in any more.
export function listen(position, { heard, missed, ended }) {
  let seen = position;
  let pause = FIRST_PAUSE;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;

  const take = ({ news = [], hasMissed, isOver }) => {
    const fresh = news.filter((one) => one.position > seen);
    if (fresh.length) {
      seen = fresh.at(-1).position;
      heard(fresh);
    }
    if (hasMissed) missed();
    if (isOver) ended();
  };
  const tell = (told) => {
    take(told);
    channel?.postMessage(told);
  };
  if (channel) channel.onmessage = ({ data }) => take(data);

  // Never resolved while there is something to hear: the tab listens for as long as it holds the lock.
  const hear = () => new Promise((resolve) => {
    const open = () => {
      const address = `/desk/tickets/events?since=${seen}`;
      const source = new EventSource(address);
      const stop = (told) => {
        source.close();
        tell(told);
        resolve();
      };
      source.addEventListener("open", () => { pause = FIRST_PAUSE; });
      source.addEventListener("news", ({ data }) => tell({ news: JSON.parse(data) }));
      source.addEventListener("missed", () => stop({ hasMissed: true }));
      source.addEventListener("signed-out", () => stop({ isOver: true }));
      source.addEventListener("error", async () => {
        // The browser comes back by itself from a lost connection, but not from an answer that is none.
        if (source.readyState !== EventSource.CLOSED) return;
        if (await leadsToSignIn(address)) return stop({ isOver: true });
        setTimeout(open, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      });
    };
    open();
  });
  if (navigator.locks) navigator.locks.request(NAME, hear);
  else hear();
}

// An EventSource does not tell why it was refused.
async function leadsToSignIn(address) {
  const request = new AbortController();
  try {
    const answer = await fetch(address, { redirect: "manual", signal: request.signal });
    return answer.type === "opaqueredirect";
  } catch {
    return false;
  } finally {
    request.abort();
  }
}

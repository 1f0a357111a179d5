// Whoever signs out leaves nothing behind in this tab: no draft of an answer, no search.

document.getElementById("sign-out").addEventListener("submit", () => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("desk-")) sessionStorage.removeItem(key);
});

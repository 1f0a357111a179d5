// The contact form works without this; it lists chosen files at once and keeps a second click, or a way back, from sending twice.

const form = document.querySelector("form.contact");
const files = form.querySelector("#files");
const chosen = form.querySelector(".chosen");
const largest = Number(files.dataset.largest);

function sizeInWords(bytes) {
  return bytes >= 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.floor(bytes / 1024))} kB`;
}

function entryOf(file) {
  const entry = document.createElement("li");
  entry.textContent = `${file.name} (${sizeInWords(file.size)})`;
  if (file.size > largest) {
    const problem = document.createElement("span");
    problem.className = "problem";
    problem.textContent = files.dataset.tooLarge;
    entry.append(problem);
  }
  return entry;
}

files.addEventListener("change", () => chosen.replaceChildren(...Array.from(files.files, entryOf)));

// Back from the next page, the browser fetches a new form and fills in what was typed. Sent unchanged, it is the one sent before.
const marks = ["form", "opened"].map((name) => form.elements[name]);

function content() {
  const carried = new Set(["csrf", "form", "opened", "shown_until", "files"]);
  const typed = [...new FormData(form)].filter(([name]) => !carried.has(name));
  return { typed: JSON.stringify(typed), files: Array.from(files.files, ({ name, size }) => `${size} ${name}`) };
}

function markAsSent() {
  const now = content();
  const { sent } = history.state ?? {};
  if (sent?.typed === now.typed && now.files.every((file) => sent.files.includes(file))) {
    for (const mark of marks) mark.value = sent[mark.name];
  } else {
    history.replaceState({ sent: { ...now, ...Object.fromEntries(marks.map(({ name, value }) => [name, value])) } }, "");
  }
}

const button = form.querySelector("button[type=submit]");
form.addEventListener("submit", () => {
  markAsSent();
  // After the browser has taken the form: a disabled button must not keep it from being sent.
  setTimeout(() => { button.disabled = true; });
});
// Back from the next page, the browser shows this one as it was left.
window.addEventListener("pageshow", () => { button.disabled = false; });

document.querySelector(".summary")?.focus();

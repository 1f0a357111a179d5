// Keyboard shortcuts: one key each, never while somebody types, and off for good where they are in the way.

const OFF = "desk-keys-off"; // one switch for all pages of the desk
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

const dialog = document.getElementById("shortcuts");
const box = document.getElementById("shortcuts-on");
const button = document.getElementById("shortcuts-button");

const isOn = () => localStorage.getItem(OFF) === null;
const turn = (on) => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"));
const show = () => {
  box.checked = isOn();
  dialog.showModal();
};

// Listens for keys, each with what it does; digits go to a function of their own, with whether the shift key is down.
export function shortcuts(keys, pressDigit = () => false) {
  button.hidden = false;
  button.addEventListener("click", show);
  box.addEventListener("change", () => turn(box.checked));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
    if (!isOn() || dialog.open || event.target.closest?.(TYPING)) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const act = event.key === "?" ? show : keys[event.key];
    if (act ? (act(), true) : digit && pressDigit(digit, event.shiftKey)) event.preventDefault();
  });
}

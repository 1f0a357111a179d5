// Building elements: everything is set as text or as an attribute we name; nothing is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  close: "M5 6.4 6.4 5 19 17.6 17.6 19zM17.6 5 19 6.4 6.4 19 5 17.6z",
  send: "M3 20.5v-6.2L12 12 3 9.7V3.5L22 12z",
  thumb: "M2 10h4v11H2zM22 11a2 2 0 0 0-2-2h-5l1-4-2-2-6 6v10a2 2 0 0 0 2 2h8a2 2 0 0 0 2-1l2-6z",
  holds: "M9.5 17.6 4 12.1l1.6-1.6 3.9 3.9 8.9-8.9L20 7.1z",
  back: "m10.8 5 1.4 1.4L7.6 11H20v2H7.6l4.6 4.6-1.4 1.4-7-7z",
};

/** Whether the chat stands in another site's frame. */
export const isInFrame = location.pathname === "/embed";

/** An element with attributes (`false` leaves one out) and children; strings become text. */
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

/** A button that does something. */
export function button(content, action, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, content);
  made.addEventListener("click", action);
  return made;
}

/** Text for those who hear the page. */
export function unseen(text) {
  return make("span", { class: "unseen" }, text);
}

/** One of the pictures, in the colour of the text around it. */
export function icon(name) {
  const made = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  made.append(path);
  return made;
}

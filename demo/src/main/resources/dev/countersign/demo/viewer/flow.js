// Shows the flow as it happens. All text comes from the wire and may be hostile: it is set as text,
// never as HTML.

import { NAMES, button, decoded, el } from "./message.js";

const PARTIES = ["browser", "client", "server", "bank", "attacker"];
const RETRY_MS = 1000;

const list = document.getElementById("messages");
const detail = document.getElementById("detail");
const state = document.getElementById("state");
const follow = document.getElementById("follow");
const quiet = document.getElementById("quiet");
const token = document.querySelector("meta[name=flow-token]").content;
const wide = matchMedia("(min-width: 70rem)");
const intro = detail.firstElementChild;

const rows = new Map();
let edition = 0;
let newest = 0;
let chosen = 0;

/* The picture */

function kind(message) {
  if (message.attempt) {
    return message.attempt.verdict === "let_in" ? "let-in" : "refused";
  }
  if (message.outcome === "done") {
    return message.status >= 300 ? "redirected" : "done";
  }
  return message.outcome;
}

function path(message) {
  const place = message.request.url.replace(/^https:\/\/[^/]*/, "");
  return `${message.request.method} ${place}`;
}

function below(message) {
  if (message.attempt && message.attempt.verdict === "let_in") {
    return el("span", "rule", "NOT REFUSED");
  }
  const broken = message.attempt && message.attempt.verdict === "refused";
  if (message.refused && (message.outcome === "refused" || broken)) {
    return el("span", "rule", "Refused: ", el("span", "", message.refused.id));
  }
  if (message.outcome === "challenged") {
    return el("span", "where", `${path(message)} · wants a nonce`);
  }
  return el("span", "where", path(message));
}

function row(message) {
  const from = PARTIES.indexOf(message.from);
  const to = PARTIES.indexOf(message.to);
  const route = el("span", "route", NAMES[message.from], " to ", NAMES[message.to]);
  const status = el("span", "status", String(message.status));
  const arrow = el("span", "arrow", el("span", "title", message.title), " ",
    el("span", "line", status), " ", below(message));
  arrow.dataset.left = String(Math.min(from, to));
  arrow.dataset.span = String(Math.abs(from - to));
  arrow.dataset.way = from < to ? "right" : "left";
  const number = el("span", "number", String(message.number));
  const opener = button("open", () => choose(message.number, true),
    number, " ", el("span", "lanes", route, " ", arrow));
  opener.setAttribute("aria-expanded", "false");
  const item = el("li", `message ${message.from} ${kind(message)}`, opener);
  item.classList.toggle("attack", message.from === "attacker");
  item.classList.toggle("quiet", message.quiet);
  item.message = message;
  return item;
}

/* Before the first message of its run, even if that one is heard later than others. */
function showRun(message) {
  let title = list.querySelector(`[data-run="${message.run}"]`);
  if (title === null) {
    title = el("li", "run", el("h2", "", `Run ${message.run}`));
    title.dataset.run = String(message.run);
  } else if (title.place < message.number) {
    return;
  }
  title.place = message.number - 0.5;
  insert(title);
}

function insert(item) {
  item.remove();
  let before = list.lastElementChild;
  while (before !== null && before.place > item.place) {
    before = before.previousElementSibling;
  }
  if (before === null) {
    list.prepend(item);
  } else {
    before.after(item);
  }
}

function show(message) {
  if (rows.has(message.number)) {
    return;
  }
  if (message.run > 0) {
    showRun(message);
  }
  const item = row(message);
  item.place = message.number;
  rows.set(message.number, item);
  insert(item);
}

function forget(oldest) {
  for (const [number, item] of rows) {
    if (item.message.heard < oldest) {
      item.remove();
      rows.delete(number);
    }
  }
  for (const title of list.querySelectorAll(".run")) {
    const next = title.nextElementSibling;
    if (next === null || next.classList.contains("run")) {
      title.remove();
    }
  }
}

function reset() {
  list.replaceChildren();
  rows.clear();
  newest = 0;
  chosen = 0;
  detail.replaceChildren(intro);
}

function take(news) {
  if (news.edition !== edition) {
    reset();
    edition = news.edition;
  }
  for (const message of news.messages) {
    show(message);
    newest = Math.max(newest, message.heard);
  }
  forget(news.oldest);
  document.body.classList.toggle("started", rows.size > 0);
  const last = news.messages.at(-1);
  if (last) {
    tell(`Message ${last.number}, ${NAMES[last.from]}: ${last.title}, ${last.status}`);
    if (follow.checked) {
      rows.get(last.number).scrollIntoView({ block: "nearest" });
    }
  }
}

function tell(text) {
  document.getElementById("news").textContent = text;
}

/* The chosen message */

function choose(number, focus) {
  const item = rows.get(number);
  if (!item) {
    return;
  }
  const again = chosen === number && !wide.matches;
  const before = rows.get(chosen);
  if (before) {
    before.classList.remove("chosen");
    before.firstElementChild.setAttribute("aria-expanded", "false");
    before.querySelector(".panel")?.remove();
  }
  chosen = again ? 0 : number;
  if (again) {
    return;
  }
  item.classList.add("chosen");
  item.firstElementChild.setAttribute("aria-expanded", "true");
  const panel = decoded(item.message, (other) => choose(other, true), breakIt);
  if (wide.matches) {
    detail.replaceChildren(panel);
    detail.scrollTop = 0;
  } else {
    item.append(panel);
  }
  if (focus) {
    panel.firstElementChild.focus({ preventScroll: true });
  }
  item.scrollIntoView({ block: wide.matches ? "nearest" : "start" });
}

function close() {
  const item = rows.get(chosen);
  if (item) {
    item.firstElementChild.focus();
  }
}

/* Talking to the demo */

async function post(to, body) {
  const response = await fetch(to, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Flow-Token": token },
    body: JSON.stringify(body),
  });
  if (response.status === 403) {
    // The demo was started anew since: its page holds the token that is good now.
    location.reload();
  }
  return response;
}

async function clear() {
  try {
    await post("/clear", {});
  } catch {
    tell("The demo does not answer.");
  }
}

async function breakIt(number, how, said) {
  said.textContent = "Sending the broken message…";
  try {
    const response = await post("/break", { number, how });
    const answer = await response.json();
    if (!response.ok) {
      said.textContent = answer.error;
      return;
    }
    said.textContent = "";
    await arrival(answer.number);
    choose(answer.number, true);
  } catch {
    said.textContent = "The demo does not answer.";
  }
}

function arrival(number) {
  const shown = edition;
  return new Promise((resolve) => {
    // What was cleared meanwhile never comes.
    const look = () =>
      (rows.has(number) || edition !== shown ? resolve() : setTimeout(look, 20));
    look();
  });
}

async function listen() {
  for (;;) {
    try {
      const response = await fetch(`/flow?edition=${edition}&after=${newest}`);
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      const news = await response.json();
      state.textContent = "Live";
      state.className = "live";
      take(news);
    } catch {
      state.textContent = "The demo does not answer; trying again";
      state.className = "lost";
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

document.getElementById("clear").addEventListener("click", clear);
quiet.addEventListener("change", () => document.body.classList.toggle("unfolded", quiet.checked));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    close();
  }
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const item = document.activeElement?.closest("#messages > li");
  if (step && item && document.activeElement.classList.contains("open")) {
    let other = item[step];
    while (other && !other.classList.contains("message")) {
      other = other[step];
    }
    if (other) {
      event.preventDefault();
      other.firstElementChild.focus();
    }
  }
});
wide.addEventListener("change", () => {
  const number = chosen;
  chosen = 0;
  rows.get(number)?.querySelector(".panel")?.remove();
  detail.replaceChildren(intro);
  choose(number, false);
});
listen();

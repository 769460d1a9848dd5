// Shows one message, decoded. All text comes from the wire and may be hostile: it is set as text,
// never as HTML.

export const NAMES = {
  browser: "Browser",
  client: "Sunny Budget",
  server: "Authorization server",
  bank: "Bank",
  attacker: "Attacker",
};
const REASONS = {
  200: "OK", 201: "Created", 204: "No Content", 303: "See Other", 400: "Bad Request",
  401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
  409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type",
  429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
};
const MARKS = { secret: "demo secret", cut: "shortened", hidden: "never shown" };

export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(className, onClick, ...children) {
  const element = el("button", className, ...children);
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}

function field(one) {
  const value = el("dd", "", one.value ? el("code", "", one.value) : null,
    MARKS[one.mark] ? el("span", `mark ${one.mark}`, MARKS[one.mark]) : null,
    one.note ? el("span", "aside", one.note) : null);
  return [el("dt", "", one.name), value];
}

function fields(title, some) {
  if (!some || some.length === 0) {
    return null;
  }
  return el("div", "group", title ? el("h4", "", title) : null,
    el("dl", "", ...some.flatMap(field)));
}

function more(some) {
  if (!some || some.length === 0) {
    return null;
  }
  const names = `${some.length} more header field${some.length > 1 ? "s" : ""}`;
  return el("details", "more", el("summary", "", names), fields("", some));
}

function json(title, text) {
  if (!text) {
    return null;
  }
  let pretty = text;
  try {
    pretty = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Too long, so it was cut: shown as it is.
  }
  return el("div", "group", el("h4", "", title), el("pre", "", pretty));
}

function by(one) {
  if (one.verified) {
    return el("p", "signer good", "✓ Signed by ", el("strong", "", one.signer), ", key ",
      el("code", "", one.thumbprint), ". The signature was verified.");
  }
  return el("p", "signer bad", one.covers
    ? "✗ Not verified: no key that is known here signed this message, for this, and now."
    : "✗ Not verified: no key that is known here made this signature.");
}

/** A JWT in a message, or the signature of a message itself. */
function signed(one) {
  return one.covers
    ? el("div", "jwt", el("h4", "", `Signature of the ${one.what}`), by(one),
      fields("It covers: the signature base", one.covers), fields("It says", one.claims))
    : el("div", "jwt", el("h4", "", one.what), by(one),
      el("details", "more", el("summary", "", "Header"), fields("", one.header)),
      fields("Claims", one.claims));
}

function rule(one) {
  return el("li", "",
    el("details", "", el("summary", "", el("code", "id", one.id), " ", one.seen),
      el("p", "", one.text), el("p", "aside", one.document)));
}

function section(title, ...parts) {
  const some = parts.filter((part) => part !== null && part !== undefined);
  return some.length === 0 ? null : el("section", "", el("h3", "", title), ...some);
}

const VERDICTS = {
  refused: "Refused, as it must be",
  refused_otherwise: "Refused, but by another rule",
  let_in: "NOT REFUSED",
};

function reason(message) {
  return message.refused
    ? [el("p", "", el("code", "id", message.refused.id), " ", message.refused.text),
      el("p", "aside", `The ${message.to === "client" ? "app" : "server"}'s own words: `
        + `“${message.refused.says}”`)]
    : [];
}

function verdict(message) {
  const attempt = message.attempt;
  if (message.outcome === "challenged" && attempt.verdict !== "refused") {
    return el("div", "verdict challenged", el("h3", "", "Sent back for a fresh nonce"),
      el("p", "", "The nonce in the proof was too old. Whoever follows the protocol tries again"
        + " with the one that came along; an exact copy cannot."));
  }
  const lines = [el("h3", "", VERDICTS[attempt.verdict]), ...reason(message)];
  if (attempt.verdict === "refused") {
    lines.push(el("p", "lesson", attempt.lesson));
  } else if (attempt.verdict === "refused_otherwise") {
    lines.push(el("p", "lesson", `It was to be refused by ${attempt.rules.join(" or ")}, but`
      + " something else was wrong first. What was stolen may be too old by now, or its grant has"
      + " ended. Connect again, and break the new message."));
  } else {
    lines.push(el("p", "lesson", "No rule stopped this message. That must not happen: it is a fault"
      + " of this software. Please report it."));
  }
  return el("div", `verdict ${attempt.verdict}`, ...lines);
}

function banner(message, goTo) {
  if (message.attempt) {
    const victim = button("link", () => goTo(message.attempt.victim),
      `message ${message.attempt.victim}`);
    return el("div", "", el("p", "story", message.attempt.tells, " Made of ", victim, "."),
      verdict(message));
  }
  return message.outcome === "refused"
    ? el("div", "verdict plain", el("h3", "", "Refused"), ...reason(message))
    : null;
}

function breaks(message, breakIt) {
  if (message.breaks.length === 0) {
    return null;
  }
  const said = el("p", "said");
  said.setAttribute("role", "status");
  const items = message.breaks.map((one) => el("li", "", wayToBreak(message, one, said, breakIt)));
  const ways = items.length === 1 ? "one way" : `${items.length} ways`;
  const box = el("details", "breaks", el("summary", "", `Break it: ${ways}`),
    el("ul", "", ...items), said);
  return box;
}

function wayToBreak(message, one, said, breakIt) {
  const box = el("div", "way");
  const send = () => breakIt(message.number, one.id, said);
  const ask = () => box.append(el("div", "warning", el("p", "", one.warning),
    button("danger", () => { box.lastElementChild.remove(); send(); }, "Do it"), " ",
    button("", () => box.lastElementChild.remove(), "Leave it")));
  box.append(button("break", () => {
    if (!one.warning) {
      send();
    } else if (!box.querySelector(".warning")) {
      ask();
      box.querySelector(".danger").focus();
    }
  }, el("strong", "", one.label), el("span", "", one.tells)));
  return box;
}

/**
 * The message as a panel. What can be done there is done by the caller: go to another message, and
 * break this one.
 */
export function decoded(message, goTo, breakIt) {
  const heading = el("h2", "", message.title);
  heading.tabIndex = -1;
  const line = `${message.status} ${REASONS[message.status] ?? ""}`.trim();
  const top = el("p", "route", el("span", `party ${message.from}`, NAMES[message.from]),
    el("span", "to", "→"), el("span", `party ${message.to}`, NAMES[message.to]),
    el("span", "aside", `message ${message.number}, ${message.time}`));
  const request = message.request;
  const answer = message.answer;
  const meets = message.meets.map(rule);
  return el("div", message.attempt ? "panel attacked" : "panel",
    heading, top, banner(message, goTo),
    message.attempt ? null : el("p", "why", message.why),
    breaks(message, breakIt),
    section("Request",
      el("p", "first", el("code", "", `${request.method} ${request.url}`)),
      fields("Query", request.query), fields("Form", request.form),
      json("JSON", request.json), fields("Header fields", request.fields), more(request.more)),
    section("Signed", ...message.signed.map(signed)),
    section("Answer",
      el("p", "first", el("code", "", line)),
      fields("Goes on with", answer.redirect), fields("JSON", answer.members),
      json("JSON", answer.json), fields("Page", answer.page),
      fields("Header fields", answer.fields), more(answer.more)),
    meets.length === 0 ? null
      : section(`Seen to be met in this message: ${meets.length}`, el("ul", "rules", ...meets)));
}

"use strict";
const at = id => document.getElementById(id);

/** An element with these properties and children; text is never markup. */
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null));
  return element;
};

let served;

/** The request in the form. */
const asked = () => ({
  origin: at("origin").value.trim(),
  method: at("method").value.trim(),
  path: pathOf(at("target").value.trim()),
  headers: at("headers").value.split("\n").filter(line => line.trim()).map(line => {
    const colon = line.indexOf(":");
    return colon < 0 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  }),
  credentials: at("credentials").checked,
});

/** A path as a browser sends it. */
const pathOf = text => {
  const url = new URL(`https://server.test${text.startsWith("/") ? "" : "/"}${text}`);
  return url.pathname + url.search;
};

/* The engine: a WebAssembly module beside the page, or the demo's server. */

/** Returns a function from question to answer. */
const load = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // Not `instantiateStreaming`: a plain file server may not know the media type.
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());
  const { memory, question, answer, answered } = instance.exports;
  return async asking => {
    const text = new TextEncoder().encode(JSON.stringify(asking));
    const start = question(text.length);
    new Uint8Array(memory.buffer, start, text.length).set(text);
    const length = answer();
    return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, answered(), length)));
  };
};

const post = async asking => {
  const headers = { "content-type": "application/json" };
  const response = await fetch("decide", { method: "POST", headers, body: JSON.stringify(asking) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};

let engine;
const decide = async (policy, request) => {
  const reply = await engine({ policy, ...request });
  if (reply.error) throw new Error(reply.error);
  return reply;
};

/* The policy and the path. */

let last = 0;
const update = async () => {
  const turn = ++last;
  let reply;
  try {
    reply = await decide(at("policy").value, asked());
  } catch (error) {
    reply = { findings: [{ severity: "error", message: `the engine does not answer: ${error.message}` }] };
  }
  // The answer to an older question may come after a newer one.
  if (turn !== last) return;
  showFindings(reply.findings);
  showStale(reply);
  if (reply.way) showWay(reply.way);
  history.replaceState(null, "", link());
};

let pause;
const soon = () => {
  clearTimeout(pause);
  pause = setTimeout(update, 120);
};

/** Marks a result that is not the one of the present fields. */
const showStale = ({ way, missing }) => {
  const shown = at("path").children.length > 0;
  at("path").classList.toggle("old", !way);
  at("copy").hidden = !way;
  at("stale").hidden = Boolean(way);
  at("stale").textContent = way ? "" : missing ??
    (shown ? "The policy has mistakes. Below is the last valid result." : "The policy has mistakes.");
};

/* The link: the policy and the request, in the fragment, which browsers never send. */

const FIELDS = ["policy", "origin", "method", "target", "headers"];

const link = () => {
  const state = new URLSearchParams(FIELDS.map(name => [name, at(name).value]));
  if (at("credentials").checked) state.set("credentials", "1");
  return `${location.pathname}#${state}`;
};

const restore = () => {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const name of FIELDS) if (state.has(name)) at(name).value = state.get(name);
  if (state.has("policy")) at("credentials").checked = state.has("credentials");
};

let copies = {};
const copy = async ({ target }) => {
  const name = target.dataset.copy;
  if (!name) return;
  const text = name === "link" ? location.origin + link() : copies[name];
  try {
    await navigator.clipboard.writeText(text);
    at("copied").textContent = `${target.textContent} copied.`;
  } catch {
    at("copied").textContent = "The browser does not allow this page to copy.";
  }
};

const count = (many, word) => many === 1 ? `one ${word}` : `${many} ${word}s`;

const showFindings = findings => {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  at("policy").setAttribute("aria-invalid", errors > 0);
  const state = at("policy-state");
  state.className = errors ? "bad" : "ok";
  state.textContent = errors ? `It has ${count(errors, "mistake")}.`
    : warnings ? `It compiles, with ${count(warnings, "warning")}.` : "It compiles.";
  at("mistakes").replaceChildren(...findings.map(({ severity, code, message, help, place }) =>
    make("li", { className: severity },
      place ? make("button", { type: "button", textContent: `line ${place[0]}`, onclick: () => goTo(place) }) : null,
      message,
      help ? `: ${help}` : null,
      code ? make("code", { textContent: ` ${code}` }) : null)));
};

const goTo = ([line, column]) => {
  const area = at("policy");
  const before = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(before + column - 1, before + column - 1);
};

const MARKS = { passed: "ok", failed: "bad", unreached: "quiet" };

const showWay = ({ asks, stages, end, copies: texts }) => {
  copies = texts;
  at("copied").textContent = "";
  const shown = [];
  if (asks) shown.push(make("p", { className: "quiet", textContent: asks }));
  for (const { title, verdict, state, steps } of stages) {
    shown.push(
      make("div", { className: "stage" },
        make("h3", { textContent: title }),
        make("p", { className: MARKS[state], textContent: verdict })),
      make("ol", { className: "steps" }, ...steps.map(showStep)));
  }
  const box = make("div", { className: end.undecided ? "end none" : end.readable ? "end" : "end failed" },
    make("strong", { textContent: end.undecided ? "The handler decides." :
      end.readable ? "The script reads the response." : "The script gets an error." }));
  if (end.undecided) {
    box.append(make("p", { textContent: "No policy applies to this path. Unless the handler adds CORS headers, the script gets an error." }));
  } else if (end.why) box.append(make("p", { textContent: `${end.why}.` }));
  if (end.fix && !end.undecided) box.append(make("p", {}, "It would pass with ", make("code", { textContent: end.fix })));
  if (end.console && !end.undecided) box.append(make("p", { className: "quiet", textContent: `The console: ${end.console}` }));
  shown.push(box);
  at("path").replaceChildren(...shown);
};

const STATES = { passed: "passed", failed: "denied", unreached: "not reached" };

const showStep = ({ name, state, rule, sent, answered }) => make("li", { className: state },
  make("h3", {}, name, make("span", { className: "hidden", textContent: `, ${STATES[state]}` })),
  ...rule.map(text => make("p", { className: "rule" }, / = /.test(text) ? make("code", { textContent: text }) : text)),
  sent && bytes("→", sent),
  answered && bytes("←", answered));

const bytes = (way, line) => {
  const code = make("code", { className: "bytes", textContent: line });
  code.dataset.way = way;
  return code;
};

/* The servers. */

const json = ["content-type", "application/json"];
const REQUESTS = [
  { name: "GET", method: "GET" },
  { name: "GET, with credentials", method: "GET", credentials: true },
  { name: "POST of JSON", method: "POST", headers: [json] },
  { name: "PUT of JSON", method: "PUT", headers: [json] },
  { name: "PUT of JSON, with credentials", method: "PUT", headers: [json], credentials: true },
  { name: "DELETE", method: "DELETE" },
  { name: "PATCH", method: "PATCH" },
  { name: "GET, with a token", method: "GET", headers: [["authorization", "Bearer demo"]] },
  { name: "GET, with a header x-other", method: "GET", headers: [["x-other", "1"]] },
  { name: "GET of an unknown path", method: "GET", path: "/nowhere" },
  { name: "GET of a handler that fails", method: "GET", path: "/error" },
];

const ASKED = "The request on this page";

let runs = 0;
const run = async () => {
  at("go").disabled = true;
  at("disagreements").replaceChildren();
  const { method, headers, credentials } = asked();
  const requests = [{ name: ASKED, method, headers, credentials }, ...REQUESTS];
  const rows = await Promise.all(requests.map((request, nth) => ask(request, `${++runs}.${nth}`)));
  at("matrix").replaceChildren(...rows.map(showRow));
  const differing = rows.flatMap(({ cells }) => cells).filter(cell => cell.differs);
  const many = rows.length * served.servers.length;
  at("run-state").className = differing.length ? "bad" : "ok";
  at("run-state").textContent = `${many - differing.length} of ${many} agree.`;
  at("disagreements").replaceChildren(...differing.map(({ text }) => make("li", { textContent: text })));
  at("go").disabled = false;
};

/** Sends a request to every server, and compares with the engine. */
const ask = async ({ name, method, path, headers = [], credentials = false }, mark) => {
  const target = path ?? (/^(get|head|post|options)$/i.test(method) ? "/items" : "/items/1");
  const reply = await decide(served.policy, { origin: self.origin, method, path: target, headers, credentials });
  const { end } = reply.way;
  const init = { method, headers, credentials: credentials ? "include" : "same-origin" };
  if (headers.length && /^(post|put|patch)$/i.test(method)) init.body = "{}";
  const cells = await Promise.all(served.servers.map(async server => {
    let read, came;
    try {
      // A distinct query keeps the browser's cache of preflights out of it.
      const response = await fetch(`${server.origin}${target}?${mark}`, init);
      [read, came] = [true, `status ${response.status}`];
    } catch (error) {
      [read, came] = [false, error.message];
    }
    const differs = read !== end.readable;
    const says = end.readable ? "it is read" : `it is not: ${end.why}`;
    return { server: server.name, read, differs, text: `${name}, ${server.name}: the browser says ${came}, and we say ${says}` };
  }));
  return { name, end, cells };
};

const showPending = ({ name }) => make("tr", {},
  make("th", { scope: "row", textContent: name }),
  make("td", { className: "said" }),
  ...served.servers.map(() => make("td", {}, make("span", { className: "mark pending", textContent: "·", ariaHidden: "true" }))));

const showRow = ({ name, end, cells }) => make("tr", {},
  make("th", { scope: "row", textContent: name }),
  make("td", { className: "said", textContent: end.readable ? "read" : "blocked", title: end.why ?? "" }),
  ...cells.map(({ read, differs, text }) => make("td", { title: text },
    make("span", {
      className: `mark ${differs ? "differs" : read ? "read" : "blocked"}`,
      textContent: differs ? "≠" : read ? "✓" : "–",
      ariaHidden: "true",
    }),
    make("span", { className: "hidden", textContent: (read ? "read" : "blocked") + (differs ? ", we disagree" : "") }))));

/* Start. */

const start = async () => {
  served = await (await fetch("playground.json")).json();
  engine = served.engine ? await load(served.engine) : post;
  const servers = served.servers ?? [];
  at("run").hidden = servers.length === 0;
  at("nav").hidden = servers.length > 0;
  const first = servers.length ? self.origin : "https://app.example.com";
  const reset = () => {
    at("policy").value = served.policy;
    at("request").reset();
    at("origin").value = first;
  };
  reset();
  const origins = [...(served.origins ?? []), "https://app.example.com", "https://stranger.example", "null"];
  at("origins").append(...origins.map(value => make("option", { value })));
  if (servers.length) {
    at("self").textContent = self.origin;
    const other = served.origins.find(origin => origin !== self.origin);
    at("elsewhere").append("From another: ", make("a", { href: other, textContent: other }), ".");
    at("servers").append(...servers.map(({ name }) =>
      make("th", { scope: "col" }, make("span", { className: "server", textContent: name }))));
    at("matrix").replaceChildren(...[{ name: ASKED }, ...REQUESTS].map(showPending));
    at("go").addEventListener("click", run);
  }
  restore();
  addEventListener("hashchange", () => { restore(); update(); });
  at("policy").addEventListener("input", soon);
  at("request").addEventListener("input", soon);
  at("request").addEventListener("submit", event => event.preventDefault());
  at("reset").addEventListener("click", () => { reset(); update(); });
  at("copy").addEventListener("click", copy);
  await update();
  document.body.dataset.ready = "true";
};
start().catch(error => {
  at("policy-state").className = "bad";
  at("policy-state").textContent = `The playground cannot start: ${error.message}`;
});

(async () => {
  const complaints = [];
  const at = id => document.getElementById(id);
  const holds = (name, condition) => { if (!condition) complaints.push(name); };
  const until = async (name, condition) => {
    for (let left = 500; left > 0 && !condition(); left--) await new Promise(done => setTimeout(done, 20));
    holds(name, condition());
  };
  const type = (id, text) => {
    at(id).value = text;
    at(id).dispatchEvent(new Event("input", { bubbles: true }));
  };
  const says = (id, text) => () => at(id).textContent.includes(text);

  await until("the page starts", () => document.body.dataset.ready);
  holds("the policy compiles", says("policy-state", "It compiles")());
  holds("the path has steps", document.querySelectorAll(".steps .passed").length > 0);
  holds("there are no servers to send to", at("run").hidden);
  holds("it links to the documentation", !at("nav").hidden);

  type("policy", "allow_origins = [\"https://Example.com/\"]\n");
  await until("mistakes show as they are typed", says("mistakes", "origin-upper-case"));
  holds("the last valid result is marked", says("stale", "last valid result")() && at("path").matches(".old"));
  holds("an old result cannot be copied", at("copy").hidden);

  type("policy", "[resources.\"/api/*\"]\nallow_origins = [\"https://app.example.com\"]\nallow_origin_patterns = ['https://pr-[0-9]+\\.example\\.com']\n");
  type("origin", "https://app.example.com");
  type("method", "GET");
  type("headers", "");
  type("target", "/api/items");
  await until("a path with a policy passes", says("path", "The policy of \"/api/*\" applies."));
  holds("the new result is not marked", at("stale").hidden && !at("path").matches(".old"));
  holds("the script reads the response", says("path", "The script reads the response.")());
  type("origin", "https://pr-17.example.com");
  await until("a pattern allows", says("path", "pr-17"));
  holds("a pattern is read", says("path", "The script reads the response.")());
  type("target", "/other");
  await until("a path without a policy is undecided", says("path", "No policy applies to this path."));
  holds("an undecided path is neither green nor red",
    document.querySelector(".end").matches(".none") && !document.querySelector("#path .ok, #path .bad"));

  type("origin", "");
  await until("an empty origin asks for one", says("stale", "Enter the origin of the page"));
  type("origin", "https://stranger.example");
  type("target", "/api/items");
  await until("a stranger is blocked", says("path", "The script gets an error."));
  holds("the console's words are shown", says("path", "has been blocked by CORS policy")());

  const state = new URLSearchParams(location.hash.slice(1));
  holds("the link has the state", state.get("origin") === "https://stranger.example" && state.get("target") === "/api/items");
  location.hash = "#policy=allow_origins+%3D+%5B%22*%22%5D&origin=null&method=GET&target=/&headers=";
  await until("a link restores the state", says("path", "The script reads the response."));
  holds("the policy comes from the link", at("policy").value === "allow_origins = [\"*\"]");

  let copied = [];
  try {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async text => copied.push(text) }, configurable: true });
    document.querySelectorAll("#copy button").forEach(button => button.click());
    await until("six texts are copied", () => copied.length === 6);
    const [toml, rust, nginx, curl, result, link] = copied;
    holds("TOML", toml === "allow_origins = [\"*\"]");
    holds("Rust", rust.includes("Policy::new().allow_any_origin()") || rust.includes("allow_origins([\"*\"])"));
    holds("nginx", nginx.includes("add_header"));
    holds("curl", curl.startsWith("curl -i -X GET https://server.test/"));
    holds("the result", result.includes("The script reads the response."));
    holds("the link", link.startsWith("http://127.0.0.1:") && link.includes("#policy="));
  } catch (error) { complaints.push(`copying: ${error}`); }
  return complaints;
})()

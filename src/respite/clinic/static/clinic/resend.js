// Sends a line again until the clinic has it. It is kept on this page only, never in the browser.
// Forms with a password are left to the browser.
(() => {
  "use strict";
  const AGAIN_MS = 5000;
  const waiting = new Map();

  const show = () => {
    const note = document.getElementById("unsent");
    if (note) note.hidden = waiting.size === 0;
  };

  const take = (html, url) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main || new URL(url).pathname !== location.pathname) {
      location.assign(url);
      return;
    }
    const old = document.querySelector("main");
    old.replaceWith(document.adoptNode(main));
    if (window.htmx) window.htmx.process(main);
    const place = main.querySelector('[aria-invalid="true"], [role="alert"]') ||
      document.getElementById(new URL(url).hash.slice(1)) || main;
    if (!place.matches("input, select, textarea, button")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
    show();
  };

  const send = async (key) => {
    const line = waiting.get(key);
    if (!line || line.busy) return;
    line.busy = true;
    line.body.set("seconds_ago", ((performance.now() - line.pressed) / 1000).toFixed(3));
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body: line.body, credentials: "same-origin", redirect: "follow",
      });
      if ([502, 503, 504].includes(answer.status)) throw new Error("away");
      const html = await answer.text();
      waiting.delete(key);
      if (waiting.size === 0) take(html, answer.url + line.hash(answer));
    } catch {
      line.busy = false;
    }
    show();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-resend]") || event.defaultPrevented) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const key = body.get("client_id");
    if (waiting.has(key)) return;
    const section = form.closest("section[id]");
    const hash = (answer) => (section && !new URL(answer.url).hash ? `#${section.id}` : "");
    waiting.set(key, { body, hash, pressed: performance.now(), busy: false });
    send(key);
  });

  setInterval(() => { for (const key of waiting.keys()) send(key); }, AGAIN_MS);
  window.addEventListener("online", () => { for (const key of waiting.keys()) send(key); });
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
})();

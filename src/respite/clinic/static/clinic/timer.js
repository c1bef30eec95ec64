// Counts on from how much time had passed when the page came: the clock of the device does not matter.
(() => {
  "use strict";
  const seen = new WeakMap();
  const two = (n) => String(n).padStart(2, "0");
  const tick = () => {
    for (const place of document.querySelectorAll("[data-elapsed]")) {
      const told = place.dataset.elapsed;
      const known = seen.get(place);
      if (!known || known.told !== told) seen.set(place, { told, at: performance.now() });
      const from = seen.get(place);
      const s = Number(told) + Math.floor((performance.now() - from.at) / 1000);
      place.textContent = `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    }
  };
  tick();
  setInterval(tick, 1000);
})();

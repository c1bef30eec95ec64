// Signing out: this device forgets what was written on it. Where entries wait, the clinic's page
// asks first; it knows by a cookie of two numbers that something waits, and not what.
import { person, sorted, tell } from "./outbox.js";
import { wipe } from "./store.js";

const ADDRESS = "/accounts/logout/";

const forget = async () => {
  await wipe((await person())?.owner);
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (new URL(form.action).pathname !== ADDRESS || form.dataset.asked) return;
  event.preventDefault();
  form.dataset.asked = "yes";
  try {
    const { mine } = await sorted();
    await tell(null);
    if (!mine.length || form.elements.namedItem("lose")) await forget();
  } catch { /* a browser that keeps nothing has nothing to forget */ }
  form.submit();
});

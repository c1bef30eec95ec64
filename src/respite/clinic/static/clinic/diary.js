// Tells the clinic how this phone's clock stands from UTC, so that a day is the patient's day.
for (const form of document.querySelectorAll("form[data-clock]")) {
  const tell = () => {
    const put = (name, moment) => {
      const field = form.elements[name];
      const minutes = -moment.getTimezoneOffset();
      if (field) field.value = Number.isFinite(minutes) ? minutes : "";
    };
    put("offset_minutes", new Date());
    const day = form.elements.day;
    if (day) put("day_offset_minutes", new Date(`${day.value}T20:00`));
  };
  tell();
  form.addEventListener("submit", tell);
}

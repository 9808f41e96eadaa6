"use strict";
const filters = document.getElementById("filters");
const texts = [...document.querySelectorAll("details.text")];

function apply() {
  const { language, kind, differing } = filters.elements;
  let shown = 0;
  for (const text of texts) {
    let some = false;
    for (const record of text.querySelectorAll(".record")) {
      const fits = (!kind.value || record.dataset.kind === kind.value) &&
        (!differing.checked || record.dataset.differs === "yes");
      record.hidden = !fits;
      some ||= fits;
    }
    for (const badge of text.querySelectorAll("summary .badge[data-kind]")) {
      badge.hidden = Boolean(kind.value) && badge.dataset.kind !== kind.value;
    }
    const wanted = some || (!kind.value && !differing.checked);
    text.hidden = !wanted || (Boolean(language.value) && text.dataset.language !== language.value);
    shown += text.hidden ? 0 : 1;
  }
  filters.elements.shown.value = `${shown} of ${texts.length} texts`;
}

function setOpen(open) {
  for (const text of texts) if (!text.hidden) text.open = open;
}

filters.hidden = false;
filters.addEventListener("change", apply);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.elements.open.addEventListener("click", () => setOpen(true));
filters.elements.close.addEventListener("click", () => setOpen(false));
apply();

// Several pictures uploaded at once: fills credit and consent in for all of them, and saves them with one button.
(() => {
  const shared = document.querySelector("[data-shared-details]");
  const list = document.getElementById("upload-list");
  const status = shared.querySelector("[data-shared-status]");
  const forms = () => [...list.querySelectorAll("form")];
  const boxes = [...shared.querySelectorAll(":is(input, textarea)")];
  list.before(shared);
  new MutationObserver(() => {
    // Once shown it stays, with what was typed into it, while one picture after the other is saved.
    if (forms().length > 1) shared.hidden = false;
  }).observe(list, { childList: true, subtree: true });

  const isEmpty = (box) => (box.type === "checkbox" ? !box.checked : !box.value.trim());
  const fillIn = (form, { name, type, value, checked }) => {
    const own = form.querySelector(`[name$="-${name}"]`);
    if (!own || !isEmpty(own)) return;
    if (type === "checkbox") own.checked = checked;
    else own.value = value;
  };
  const say = (what) => {
    const { length } = forms();
    status.textContent = `${what} ${length} picture${length === 1 ? "" : "s"}.`;
  };
  shared.querySelector("[data-shared-apply]").addEventListener("click", () => {
    for (const form of forms()) boxes.forEach((box) => fillIn(form, box));
    say("Filled in for");
  });
  shared.querySelector("[data-shared-save]").addEventListener("click", () => {
    say("Saving");
    forms().forEach((form) => form.requestSubmit());
  });
})();

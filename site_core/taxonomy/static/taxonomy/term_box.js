/* What Wagtail's tag box leaves undone. While its list of suggestions is open it swallows the comma, Enter and Tab
   keys, so that whoever types slowly is stuck in it; and its text field has no name for screen readers. */

(() => {
  const KEYS_THAT_END_A_NAME = [",", "Enter", "Tab"];

  function endName(event) {
    if (!event.target.matches(".tagit-new input") || !KEYS_THAT_END_A_NAME.includes(event.key)) return;
    addChosen(event.target);
    // With its list closed, the box takes what stands in the field: what was typed, or what an arrow key put there.
    jQuery(event.target).autocomplete("close");
    // The box would keep the first Tab to itself; on leaving the field it takes the name just as well.
    if (event.key === "Tab") event.stopImmediatePropagation();
  }

  // What an arrow key has led to is chosen, too, so “Add “Dayton”” adds it.
  function addChosen(field) {
    const { element, active } = jQuery(field).autocomplete("instance").menu;
    if (!active || !element.is(":visible")) return;
    jQuery(field).trigger("autocompleteselect", { item: active.data("ui-autocomplete-item") });
  }

  function nameFields() {
    for (const box of document.querySelectorAll("input[data-controller~='w-tag']")) {
      const [label] = box.labels;
      const field = box.parentElement.querySelector(".tagit-new input");
      if (label && field) field.setAttribute("aria-label", label.textContent.trim());
    }
  }

  // In the capture phase, before the box itself sees the key.
  document.addEventListener("keydown", endName, true);
  // By then the boxes are made.
  window.addEventListener("load", nameFields);
})();

// Beside a box with a limit stands how much of it is used, while somebody types and as long as it is too much. The
// browser would cut off what is pasted beyond the limit without a word, so the limit is taken from it; the server keeps it.
(() => {
  const LIMITED = "[data-edit-form] :is(input, textarea):is([maxlength], [data-max-letters], [data-max-words])";
  const counters = new WeakMap();

  const words = (text) => text.split(/\s+/).filter(Boolean).length;
  const count = ({ value, dataset: { maxWords, maxLetters } }) =>
    maxWords
      ? { used: words(value), most: Number(maxWords), unit: "words" }
      : { used: [...value.trim()].length, most: Number(maxLetters), unit: "characters" };

  const show = (box, isTyping) => {
    if (box.hasAttribute("maxlength")) {
      box.dataset.maxLetters = box.getAttribute("maxlength");
      box.removeAttribute("maxlength");
    }
    if (!counters.has(box)) {
      const counter = document.createElement("output");
      counter.className = "admin-count";
      box.after(counter);
      counters.set(box, counter);
    }
    const counter = counters.get(box);
    const { used, most, unit } = count(box);
    const over = used - most;
    // Only what is too much is read aloud.
    counter.ariaLive = over > 0 ? "polite" : "off";
    counter.toggleAttribute("data-over-limit", over > 0);
    counter.hidden = !isTyping && over <= 0;
    counter.textContent = over > 0 ? `${used} of ${most} ${unit}: ${over} too many` : `${used} of ${most} ${unit}`;
  };

  for (const event of ["focusin", "input", "focusout"]) {
    document.addEventListener(event, ({ target }) => {
      if (target.matches?.(LIMITED)) show(target, event !== "focusout");
    });
  }
})();

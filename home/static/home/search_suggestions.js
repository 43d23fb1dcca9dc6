// Offers names and titles while somebody types in a search box. The browser shows them, in a list of its own that
// keyboards and screen readers know. Without this script the box is a plain box.
"use strict";

(() => {
  const PAUSE_MILLISECONDS = 150;
  const SHORTEST = 2;

  function suggestFor(box) {
    let timer = 0;
    let asking = new AbortController();
    let asked = "";

    async function offer() {
      const typed = box.value.trim();
      if (typed === asked) return;
      asked = typed;
      asking.abort();
      asking = new AbortController();
      if (typed.length < SHORTEST) {
        box.list.replaceChildren();
        return;
      }
      const address = `${box.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      try {
        const response = await fetch(address, { signal: asking.signal });
        if (!response.ok) return;
        const { suggestions } = await response.json();
        box.list.replaceChildren(...suggestions.map((name) => new Option("", name)));
      } catch {
        // Without suggestions the box works as well.
      }
    }

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(offer, PAUSE_MILLISECONDS);
    });
  }

  for (const box of document.querySelectorAll("input[data-suggestions]")) suggestFor(box);
})();

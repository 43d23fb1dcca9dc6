// Suggests names and titles while a visitor types in a search box. The browser shows them in its own list, which works
// with keyboards and screen readers. Without this script, the box works without suggestions.
"use strict";

(() => {
  const PAUSE_MILLISECONDS = 150;
  const SHORTEST = 2;

  function suggestFor(box) {
    let timer = 0;
    let loading = new AbortController();
    let lastTyped = "";

    async function suggest() {
      const typed = box.value.trim();
      if (typed === lastTyped) return;
      lastTyped = typed;
      loading.abort();
      loading = new AbortController();
      if (typed.length < SHORTEST) {
        box.list.replaceChildren();
        return;
      }
      const url = `${box.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      try {
        const response = await fetch(url, { signal: loading.signal });
        if (!response.ok) return;
        const { suggestions } = await response.json();
        box.list.replaceChildren(...suggestions.map((name) => new Option("", name)));
      } catch {
        // The box works without suggestions.
      }
    }

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(suggest, PAUSE_MILLISECONDS);
    });
  }

  for (const box of document.querySelectorAll("input[data-suggestions]")) suggestFor(box);
})();

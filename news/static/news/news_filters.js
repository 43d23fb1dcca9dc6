// The news list answers a filter at once, without loading the page anew. The server says what stands where: its whole
// page is fetched, and the parts that differ are taken from it. Whatever goes wrong, the address is loaded as it would
// be without this script.
"use strict";

(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("news-count");
  const parts = document.querySelectorAll("main [id^='news-']");
  const HEAD_LINKS = "link[rel=canonical], link[rel=alternate]";
  let shown = location.href.split("#")[0];
  let loading = new AbortController();

  function asked() {
    const address = new URL(form.action);
    for (const [key, value] of new FormData(form)) {
      if (value.trim()) address.searchParams.set(key, value);
    }
    return address.href;
  }

  // The choices of a filter change within it, so that it keeps the focus, and an open list of choices its place.
  function updateForm(answer) {
    for (const control of form.querySelectorAll("select, input")) {
      const changed = answer.getElementById(control.id);
      const { value } = changed;
      if (control instanceof HTMLSelectElement) {
        control.replaceChildren(...changed.children);
        // What moves from one list of choices to another is chosen there on its way.
        control.value = value;
        control.parentElement.hidden = changed.parentElement.hidden;
      } else if (control !== document.activeElement) {
        control.value = value;
      }
    }
  }

  function update(answer) {
    document.title = answer.title;
    for (const link of document.head.querySelectorAll(HEAD_LINKS)) link.remove();
    document.head.append(...answer.head.querySelectorAll(HEAD_LINKS));
    updateForm(answer);
    for (const part of parts) part.replaceChildren(...answer.getElementById(part.id).childNodes);
  }

  // Help lines come with a button outside the list, which is there for as long as the page is.
  function differsAround(answer) {
    return Boolean(answer.getElementById("leave-page")) !== Boolean(document.getElementById("leave-page"));
  }

  async function show(address, { isNew }) {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    try {
      const response = await fetch(address, { signal });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!response.ok || !answer.getElementById("filters") || differsAround(answer)) throw new Error(address);
      if (isNew) history.pushState(null, "", response.url);
      shown = response.url;
      update(answer);
    } catch {
      if (!signal.aborted) location.assign(address);
    }
  }

  form.addEventListener("change", (event) => {
    // Words are done when they are sent.
    if (event.target instanceof HTMLSelectElement) show(asked(), { isNew: true });
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(asked(), { isNew: true });
  });

  // Links that take filters away go with what they took away, so the focus moves to what came of it.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("#news-chosen a, .relaxations a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    await show(link.href, { isNew: true });
    if (!document.contains(link)) count.focus({ preventScroll: true });
  });

  addEventListener("popstate", () => {
    const address = location.href.split("#")[0];
    if (address !== shown) show(address, { isNew: false });
  });
})();

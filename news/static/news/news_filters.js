// Filters the news list without loading a new page. It fetches the page that the server renders for the filters, and
// replaces the parts that differ. If anything fails, the browser loads that page as it does without this script.
"use strict";

(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("news-count");
  const parts = document.querySelectorAll("main [id^='news-']");
  const HEAD_LINKS = "link[rel=canonical], link[rel=alternate]";
  let shown = location.href.split("#")[0];
  let loading = new AbortController();

  function urlOfForm() {
    const url = new URL(form.action);
    for (const [key, value] of new FormData(form)) {
      if (value.trim()) url.searchParams.set(key, value);
    }
    return url.href;
  }

  // Replaces the options inside each control, so that the control keeps its focus and an open list stays open.
  function updateForm(answer) {
    for (const control of form.querySelectorAll("select, input")) {
      const changed = answer.getElementById(control.id);
      const { value } = changed;
      if (control instanceof HTMLSelectElement) {
        control.replaceChildren(...changed.children);
        // Moving the options changes the selection, so it is set again.
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

  // Help lines come with a button outside the list, which cannot be replaced in part.
  function differsOutsideList(answer) {
    return Boolean(answer.getElementById("leave-page")) !== Boolean(document.getElementById("leave-page"));
  }

  async function show(url, { isNew }) {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    try {
      const response = await fetch(url, { signal });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!response.ok || !answer.getElementById("filters") || differsOutsideList(answer)) throw new Error(url);
      if (isNew) history.pushState(null, "", response.url);
      shown = response.url;
      update(answer);
    } catch {
      if (!signal.aborted) location.assign(url);
    }
  }

  form.addEventListener("change", (event) => {
    // The words apply on submit only.
    if (event.target instanceof HTMLSelectElement) show(urlOfForm(), { isNew: true });
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(urlOfForm(), { isNew: true });
  });

  // A link that removes a filter disappears with it, so the focus moves to the count.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("#news-chosen a, .relaxations a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    await show(link.href, { isNew: true });
    if (!document.contains(link)) count.focus({ preventScroll: true });
  });

  addEventListener("popstate", () => {
    const url = location.href.split("#")[0];
    if (url !== shown) show(url, { isNew: false });
  });
})();

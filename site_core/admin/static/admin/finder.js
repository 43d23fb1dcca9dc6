// The search of the admin in a box over the screen: Ctrl+K (⌘K on a Mac) opens it, and so does the search of the
// sidebar. Arrows choose a result, Enter opens it, Esc closes the box. The focus stays where one types.
(() => {
  const dialog = document.getElementById("admin-find");
  if (!dialog) return;
  const box = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  const isMac = /Mac|iP/.test(navigator.platform);
  // While somebody types on, nothing is asked for.
  const PAUSE = 120;
  let chosen;
  let timer;
  let loading = new AbortController();
  let answer = Promise.resolve();

  const choose = (option) => {
    chosen?.removeAttribute("aria-selected");
    chosen = option;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
    else box.removeAttribute("aria-activedescendant");
  };

  const show = (html) => {
    list.innerHTML = html;
    const summary = list.querySelector("[data-summary]");
    status.textContent = summary?.textContent.trim() ?? "";
    // A listbox holds options only; what is said of them stands before it.
    status.classList.toggle("w-sr-only", summary?.classList.contains("w-sr-only") ?? true);
    summary?.remove();
    const first = list.querySelector("[role=option]");
    box.setAttribute("aria-expanded", String(Boolean(first)));
    choose(first);
  };

  const look = async () => {
    // An answer that nobody reads keeps its connection, and a browser has few.
    loading.abort();
    const { signal } = (loading = new AbortController());
    let html = "";
    try {
      const response = await fetch(`${dialog.dataset.resultsUrl}?${new URLSearchParams({ q: box.value })}`, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal,
      });
      if (response.ok) html = await response.text();
    } catch {
      // Signed out, or the site cannot be reached: Enter leads to the page of the search, which says so.
    }
    if (!signal.aborted) show(html);
  };

  const lookNow = () => {
    clearTimeout(timer);
    timer = undefined;
    answer = look();
  };

  const open = (text = "") => {
    if (dialog.open) return;
    dialog.showModal();
    box.value = text;
    box.focus();
    show("");
    lookNow();
  };

  const move = (step) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (options.length) choose(options[(options.indexOf(chosen) + step + options.length) % options.length]);
  };

  const follow = async () => {
    if (timer) lookNow();
    await answer;
    if (chosen) window.location.assign(chosen.href);
    else box.form.submit();
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(lookNow, PAUSE);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const acts = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: follow, Escape: () => dialog.close() };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });

  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });

  document.addEventListener("keydown", (event) => {
    const isShortcut = event.key.toLowerCase() === "k" && (isMac ? event.metaKey : event.ctrlKey);
    // In a text editor the same keys make a link.
    if (!isShortcut || event.altKey || event.shiftKey || event.defaultPrevented || event.target.isContentEditable) return;
    event.preventDefault();
    open();
  });

  const sidebar = document.getElementById("wagtail-sidebar");
  for (const act of ["click", "input"]) {
    sidebar?.addEventListener(act, ({ target }) => {
      const field = target.closest("form")?.querySelector("[name=q]");
      if (!field) return;
      open(field.value);
    });
  }
})();

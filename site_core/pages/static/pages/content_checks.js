// Keeps the checks in the side panel those of the newest draft, while the panel is open.
(() => {
  const checks = document.querySelector("[data-content-checks]");
  const form = document.querySelector("[data-edit-form]");
  if (!checks || !form) return;
  const list = checks.querySelector("[data-content-checks-list]");
  // “0” stands for a page that is not made yet.
  let url = checks.dataset.contentChecks, isOpen = false, loading = new AbortController();

  const load = async () => {
    if (!isOpen || url.endsWith("/0/")) return;
    // An answer that is overtaken by the next is out of date.
    loading.abort();
    loading = new AbortController();
    try {
      const response = await fetch(url, { redirect: "error", signal: loading.signal });
      if (response.ok) list.innerHTML = await response.text();
    } catch {
      // The next save asks again.
    }
  };
  new IntersectionObserver(([{ isIntersecting }]) => {
    const opened = isIntersecting && !isOpen;
    isOpen = isIntersecting;
    if (opened) load();
  }).observe(checks);
  form.addEventListener("w-autosave:success", ({ detail: { response } }) => {
    if (response.pk) url = url.replace(/\/0\/$/, `/${response.pk}/`);
    load();
  });
})();

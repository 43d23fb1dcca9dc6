// A link in the list of what keeps a form from being saved opens the tab of its box and scrolls to it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-admin-refusal]");
  if (!link) return;
  const named = link.dataset.adminRefusal;
  const box =
    document.getElementById(link.hash.slice(1)) ?? document.querySelector(`[data-contentpath="${named}"]`);
  if (!box) return;
  event.preventDefault();
  const tab = box.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  // A tab is shown once the one before has faded out.
  const show = () => {
    if (tab?.hidden) return requestAnimationFrame(show);
    (box.closest("section") ?? box).scrollIntoView({ block: "center" });
    box.focus({ preventScroll: true });
  };
  show();
});

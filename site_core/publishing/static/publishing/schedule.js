// While a date is typed, what publishes already says that it will schedule. Without this it says so after a save.
document.addEventListener("typed-date:read", ({ target, detail: { words, value } }) => {
  const day = target.querySelector("#id_go_live_at");
  if (!day) return;
  const hour = document.getElementById("id_go_live_at_hour");
  const isStored = [day, hour].every((box) => box.value === box.defaultValue);
  const ahead = Boolean(value) && new Date(value) > new Date();
  // The words may go on with a question about the year.
  const [when] = words?.split(/(?<=E[DS]?T)\. /) ?? [];
  for (const label of document.querySelectorAll("[data-admin-schedule]")) {
    label.dataset.adminStored ??= label.textContent;
    const { adminPublish, adminSchedule, adminStored } = label.dataset;
    if (isStored) label.textContent = adminStored;
    else label.textContent = ahead ? `${adminSchedule} ${when}` : adminPublish;
    const button = label.closest("[data-w-progress-active-value]");
    if (button) button.dataset.wProgressActiveValue = ahead ? "Scheduling…" : "Publishing…";
  }
});

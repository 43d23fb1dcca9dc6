// While a date is typed, what publishes already says that it will schedule. Without this it says so after a save.
(() => {
  const day = document.getElementById("id_go_live_at");
  const hour = document.getElementById("id_go_live_at_hour");
  if (!day || !hour) return;

  const asked = () => (day.value && hour.value ? `${day.value}T${hour.value}` : "");
  const stored = asked();
  // The day and hour in New York now, written as the fields write theirs, so that the two compare as text.
  const now = () =>
    new Date().toLocaleString("sv-SE", { timeZone: "America/New_York" }).slice(0, 16).replace(" ", "T");
  const written = () => {
    const at = new Date(`${asked()}Z`);
    const part = (options) => at.toLocaleString("en-US", { ...options, timeZone: "UTC" });
    const time = part({ hour: "numeric", minute: "2-digit" }).replace(/\s?AM/, " a.m.").replace(/\s?PM/, " p.m.");
    const date = [{ weekday: "short" }, { day: "numeric" }, { month: "short" }, { year: "numeric" }].map(part);
    return `${date.join(" ")}, ${time} ET`;
  };

  const say = () => {
    for (const label of document.querySelectorAll("[data-admin-schedule]")) {
      label.dataset.adminStored ??= label.textContent;
      const { adminPublish, adminSchedule, adminStored } = label.dataset;
      const ahead = asked() > now();
      if (asked() === stored) label.textContent = adminStored;
      else label.textContent = ahead ? `${adminSchedule} ${written()}` : adminPublish;
      const button = label.closest("[data-w-progress-active-value]");
      if (button) button.dataset.wProgressActiveValue = ahead ? "Scheduling…" : "Publishing…";
    }
  };
  day.addEventListener("input", say);
  hour.addEventListener("input", say);
})();

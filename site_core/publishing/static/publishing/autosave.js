// Keeps what is typed into an edit form until the server has it, and says “Saved” only of that.
//
// Wagtail's autosave (w-autosave) saves what its watch over the form (w-unsaved) reports. The watch ignores a form that
// is rendered with changes in it, what is typed in the first two seconds, and what is typed while a save is on its way.
// Autosave gives up after five tries without a network, and has no word for a sign-in that has ended.
(() => {
  const form = document.querySelector("[data-edit-form]");
  if (!form) return;
  const OFFLINE = "The site cannot be reached. What you typed stays here and is saved as soon as it can be.";
  const SIGNED_OUT = "You are signed out. Sign in again in another tab: what you typed stays here and is saved then.";
  const REFUSED = "The site did not take this. Copy what you typed to a safe place before you try again.";
  const TOO_LONG = "This is longer than the site takes at once. Nothing is saved: make it shorter, or split it.";
  const COMPARED = "Nothing is overwritten: you see both versions before anything is saved.";
  // Milliseconds.
  const RETRY = 10_000, TIMEOUT = 10_000, STILL_TYPING = 1_000;
  const { signInCheck, mostBytes } = document.currentScript.dataset;
  const SAVED = "Saved", SAVED_EXCEPT = "Saved, except: ";
  const controller = (name, element = form) => wagtail.app.getControllerForElementAndIdentifier(element, name);
  const watch = () => controller("w-unsaved");
  const autosave = () => controller("w-autosave");

  // The form as the server has it, and as it has seen it; what was last sent; when that was, and when something was last
  // typed. The server has seen a wrong value, but it has kept the value before.
  let stored = null, seen = null, sent = "", sentAt = 0, typedAt = 0;
  // Whether the last save failed for a reason that may pass by itself; why one was refused, "" if none was.
  let retries = false, refusal = "";

  // By this name the site knows the form whose first save has made something, if the answer was lost on its way.
  const FORM_KEY = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
  form.addEventListener("formdata", ({ formData }) => formData.set("form_key", FORM_KEY.join("")));

  const isTooLong = () => {
    const texts = [...new FormData(form)].flat().filter((part) => typeof part === "string");
    return new Blob(texts).size > Number(mostBytes);
  };

  const compareWithStored = () => {
    if (stored === null) return;
    watch().initialFormData = stored;
    watch().previousFormData = seen;
  };
  const say = (text) =>
    form.dispatchEvent(new CustomEvent("w-autosave:error", { bubbles: true, detail: { text, type: "waits" } }));
  const withdrawSaved = () => {
    const { dataset } = document.getElementById("w-autosave-indicator") ?? {};
    if (dataset?.wAutosaveStateValue === "saved") dataset.wAutosaveStateValue = "idle";
  };

  // In place of “Saved”, in its tooltip why. Nothing else changes on the screen.
  const sayWhatIsMissing = (leftOut) => {
    const saved = document.querySelector(".w-autosave-indicator__state--saved");
    if (!saved) return;
    const places = new Set(leftOut.map(({ place, sentence }) => place || sentence));
    const reasons = leftOut.map(({ place, sentence }) => (place ? `${place}: ${sentence}` : sentence));
    saved.classList.toggle("admin-left-out", leftOut.length > 0);
    saved.querySelector("use").setAttribute("href", leftOut.length ? "#icon-warning" : "#icon-check");
    saved.querySelector("span").textContent = leftOut.length ? SAVED_EXCEPT + [...places].join(", ") : SAVED;
    // After Wagtail has written its own.
    if (leftOut.length) setTimeout(() => (saved.parentElement.dataset.wTooltipContentValue = reasons.join(" ")));
  };

  // Why nothing can be saved now, "" if it can be tried. Renews the token, which each sign-in changes.
  const obstacle = async () => {
    try {
      const response = await fetch(signInCheck, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
      if (response.type === "opaqueredirect") return SIGNED_OUT;
      if (response.ok) {
        const { token } = await response.json();
        form.elements.csrfmiddlewaretoken.value = wagtailConfig.CSRF_TOKEN = token;
      }
      return "";
    } catch {
      return OFFLINE;
    }
  };
  const retry = async () => {
    if (!retries) return;
    const reason = await obstacle();
    if (reason) say(reason);
    else autosave()?.save();
  };

  // A form with changes in it is watched like any other. One that shows two versions is not saved before its user has
  // decided something.
  const isChanged = form.dataset.wUnsavedForceValue === "true";
  const waits = document.querySelector("[data-autosave-waits]");
  if (waits) form.dataset.wAutosaveActiveValue = "false";
  form.addEventListener("w-unsaved:ready", () => {
    const watching = watch();
    if (!watching.forceValue) return;
    watching.forceValue = false;
    watching.checkIntervalValueChanged(watching.checkIntervalValue);
    watching.forceValue = true;
  });

  // Before the first touch the form is as it was rendered. Wagtail looks two seconds after that, and after each save.
  const touched = () => {
    if (stored !== null || !watch()) return;
    stored = seen = watch().formData;
    compareWithStored();
  };
  for (const type of ["focusin", "keydown", "pointerdown"]) form.addEventListener(type, touched, { capture: true });
  form.addEventListener("w-unsaved:watch-edits", compareWithStored);

  const typed = () => {
    typedAt = performance.now();
    withdrawSaved();
    if (waits) form.dataset.wAutosaveActiveValue = "true";
  };
  for (const type of ["beforeinput", "input"]) form.addEventListener(type, typed);

  // What is left out stays different from what is stored, which is nothing new to send.
  const isSeen = () => stored !== seen && watch().formData === seen;
  form.addEventListener("w-autosave:save", (event) => {
    if (isSeen() && !retries) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    sent = watch().formData;
    sentAt = performance.now();
  });
  form.addEventListener(
    "w-autosave:success",
    ({ detail: { response } }) => {
      retries = false;
      refusal = "";
      const saved = new URLSearchParams(sent);
      for (const [name, value] of Object.entries(response.field_updates ?? {})) saved.has(name) && saved.set(name, value);
      const leftOut = response.left_out ?? [];
      const keptBack = new Set(leftOut.flatMap(({ names }) => names));
      const before = new URLSearchParams(stored ?? "");
      const isKept = ([name]) => keptBack.has(name);
      seen = saved.toString();
      stored = leftOut.length
        ? new URLSearchParams([...[...saved].filter((pair) => !isKept(pair)), ...[...before].filter(isKept)]).toString()
        : seen;
      sayWhatIsMissing(leftOut);
      // A manual save then follows this one, and a reload asks for the form instead of sending it again.
      for (const name of ["revision_id", "revision_created_at"]) {
        const fields = form.querySelectorAll(`[name=loaded_${name}]`);
        for (const field of fields.length ? fields : [hidden(`loaded_${name}`)]) field.value = response[name];
      }
      if (isChanged) history.replaceState(null, "", location.href);
      // After Wagtail has called the form saved.
      setTimeout(() => {
        watch().check();
        if (typedAt > sentAt || watch().formData !== seen) withdrawSaved();
      });
    },
    { capture: true },
  );
  form.addEventListener("w-autosave:error", async ({ detail: { type, response } }) => {
    retries = !["validation_error", "invalid_revision"].includes(type);
    if (type !== "server_error") return;
    const reason = await obstacle();
    if (!reason) refusal = response?.error_message || REFUSED;
    if (reason || response?.error_message) say(reason || refusal);
  });
  // A new page was saved, but not shown as one yet. Wagtail would save nothing from then on.
  form.addEventListener("w-autosave:deactivated", ({ detail: { error } }) => {
    if (error.name !== "HydrationError") return;
    autosave().activeValue = retries = true;
  });
  setInterval(retry, RETRY);
  window.addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => document.hidden || retry());

  // The text editor hands on what is typed a moment later, and Wagtail's watch looks twice a second.
  const isUnsaved = () =>
    watch().hasEditsValue || (typedAt > sentAt && performance.now() - typedAt < STILL_TYPING);
  window.addEventListener("beforeunload", () => {
    watch().check();
    watch().hasEditsValue = isUnsaved();
  });

  // With something unsaved in it, a form is sent manually only if the server can be reached and knows the user, and never
  // beside an autosave.
  let isChecking = false, isChecked = false;
  document.addEventListener("submit", async (event) => {
    if (event.target !== form || event.defaultPrevented || isChecked || !isUnsaved()) return;
    event.preventDefault();
    if (isChecking) return;
    isChecking = true;
    const { submitter } = event;
    const saving = autosave();
    if (saving) {
      saving.activeValue = false;
      if (performance.now() - sentAt > saving.intervalValue) await saving.submitPromise;
      else saving.submit.cancel();
      saving.submitPromise = null;
    }
    const reason = (await obstacle()) || refusal || (isTooLong() && TOO_LONG);
    if (reason) {
      refusal = "";
      if (saving) saving.activeValue = true;
      watch().confirmationValue = true;
      // A button that decides a review has left its name in the form, where the next save would repeat it.
      for (const field of form.querySelectorAll("[name=action-workflow-action], [name^=workflow-action-]")) field.remove();
      controller("w-progress", submitter)?.deactivate();
      say(reason);
    } else {
      isChecked = true;
      // What is disabled says nothing of itself to the server.
      const isDisabled = submitter?.disabled;
      submitter?.removeAttribute("disabled");
      form.requestSubmit(submitter);
      if (isDisabled) submitter.setAttribute("disabled", "");
    }
    isChecking = false;
  });

  // Wagtail's question before a manual save speaks of overwriting.
  document.addEventListener("w-dialog:shown", () => {
    const [title, text] = ["title-text", "subtitle"].map((part) =>
      document.getElementById(`${part}-w-save-confirmation-dialog`),
    );
    if (title?.textContent.includes("saved a new version")) text.textContent = COMPARED;
  });

  function hidden(name) {
    return form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  }
})();

// Shows beside a box, while somebody writes in it, the words that the rules of wording mark.
"use strict";

(() => {
  const checks = document.querySelector("[data-wording]");
  const form = document.querySelector("[data-edit-form]");
  if (!checks || !form) return;
  // The panel “Checks” reads a text of any length, once it is saved.
  const PAUSE = 700, MOST_SHOWN = 6, MOST_LETTERS = 100_000;
  const PLAIN = "#id_summary, [data-streamfield-child] textarea, [data-streamfield-child] input[type=text]";
  const LEFT_ALONE = "[name$='-url'], [name$='-speaker'], [name$='-source'], [name$='-date'], .wording *";
  const readTexts = new WeakMap(), timers = new WeakMap(), listed = new WeakMap();
  // “0” stands for a page that is not made yet.
  let url = checks.dataset.wording;

  form.addEventListener("w-autosave:success", ({ detail: { response } }) => {
    if (response.pk) url = url.replace(/\/0\/$/, `/${response.pk}/`);
  });

  // A box in which somebody writes: its text, how to replace a part of it, and what its words are listed below.
  function richBox(editor) {
    const wrapper = editor.closest("[data-draftail-editor-wrapper]");
    const draftail = [...(wrapper?.parentNode.children ?? [])].find((one) => one.draftailEditor)?.draftailEditor;
    if (!draftail) return null;
    const blocks = () => draftail.getEditorState().getCurrentContent().getBlocksAsArray();
    return {
      key: wrapper,
      element: wrapper,
      text: () => blocks().map((block) => block.getText()).join("\n"),
      focus: () => draftail.focus(),
      replace(start, end, words) {
        const { EditorState, Modifier, SelectionState } = window.DraftJS;
        const state = draftail.getEditorState();
        let from = start;
        const block = blocks().find((one) => from <= one.getLength() || ((from -= one.getLength() + 1), false));
        const selection = SelectionState.createEmpty(block.getKey()).merge({
          anchorOffset: from,
          focusOffset: from + end - start,
        });
        const look = [block.getInlineStyleAt(from), block.getEntityAt(from)];
        const content = Modifier.replaceText(state.getCurrentContent(), selection, words, ...look);
        draftail.onChange(EditorState.push(state, content, "insert-characters"));
      },
    };
  }

  function plainBox(input) {
    return {
      key: input,
      element: input,
      text: () => input.value,
      focus: () => input.focus(),
      replace(start, end, words) {
        input.focus();
        input.setSelectionRange(start, end);
        // Typed, so that Ctrl+Z takes it back.
        if (document.execCommand("insertText", false, words)) return;
        input.setRangeText(words, start, end, "end");
        input.dispatchEvent(new Event("input", { bubbles: true }));
      },
    };
  }

  function boxOf(target) {
    const isQuoted = target.closest("[data-streamfield-child]")?.querySelector(":scope > input[name$='-type']");
    if (isQuoted?.value === "quote") return null;
    const editor = target.closest(".Draftail-Editor");
    if (editor) return richBox(editor);
    return target.matches(PLAIN) && !target.matches(LEFT_ALONE) ? plainBox(target) : null;
  }

  // The abbreviations that other boxes explain.
  function defined() {
    const boxes = [...form.querySelectorAll("textarea, input[type=text], input[type=hidden]")];
    const values = boxes.map((one) => one.value);
    return [...values.join(" ").matchAll(/\(([A-Z]{2,6})s?\)/g)].map((match) => match[1]).join(" ");
  }

  function send(to, fields, headers = {}) {
    headers[wagtailConfig.CSRF_HEADER_NAME] = wagtailConfig.CSRF_TOKEN;
    return fetch(to, { method: "POST", redirect: "error", headers, body: new URLSearchParams(fields) });
  }

  async function read(box) {
    const text = box.text();
    if (readTexts.get(box.key) === text) return;
    readTexts.set(box.key, text);
    if (text.length > MOST_LETTERS) return show(box, text, []);
    try {
      const response = await send(url, { text, defined: defined() });
      if (!response.ok || box.text() !== text) return;
      const { findings } = await response.json();
      show(box, text, findings);
    } catch {
      // What is typed next asks again.
      readTexts.delete(box.key);
    }
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function use(box, text, finding) {
    if (box.text() === text) {
      // The server counts an emoji as one letter, a browser as two.
      const offset = (count) => Array.from(text).slice(0, count).join("").length;
      box.replace(offset(finding.start), offset(finding.end), finding.write);
    }
    // What is listed was about the text as it was.
    show(box, text, []);
    box.focus();
    read(box);
  }

  function askReason(box, item, finding) {
    const label = document.createElement("label"), reason = document.createElement("input");
    label.textContent = "Why it is right here ";
    reason.type = "text";
    reason.maxLength = 300;
    label.append(reason);
    const problem = document.createElement("span");
    problem.setAttribute("role", "alert");
    const keep = async () => {
      const fields = { rule: finding.rule, words: finding.words, reason: reason.value };
      const response = await send(`${url}not-here/`, fields, { Accept: "application/json" }).catch(() => null);
      if (response?.ok) {
        readTexts.delete(box.key);
        box.focus();
        return read(box);
      }
      const answer = await response?.json().catch(() => null);
      problem.textContent = answer?.error ?? "This could not be saved. Try again.";
      reason.focus();
    };
    reason.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      keep();
    });
    item.querySelectorAll("button").forEach((one) => one.remove());
    item.append(label, button("Keep it here", keep), " ", problem);
    reason.focus();
  }

  function itemOf(box, text, finding) {
    const item = document.createElement("li"), words = document.createElement("strong");
    words.textContent = `“${finding.words}”`;
    item.append(words, ` ${finding.why} `);
    if (finding.write) item.append(button(`Use “${finding.write.trim()}”`, () => use(box, text, finding)), " ");
    if (!url.endsWith("/0/")) item.append(button("Not here", () => askReason(box, item, finding)));
    return item;
  }

  function show(box, text, findings) {
    listed.get(box.key)?.remove();
    listed.delete(box.key);
    if (!findings.length) return;
    const list = document.createElement("ul"), note = document.createElement("div");
    const status = document.createElement("p");
    note.className = "wording help-block";
    status.setAttribute("role", "status");
    const first = findings.find((finding) => finding.write);
    const number = findings.length === 1 ? "1 wording to check." : `${findings.length} wordings to check.`;
    list.append(...findings.slice(0, MOST_SHOWN).map((finding) => itemOf(box, text, finding)));
    note.append(status, list);
    box.element.after(note);
    listed.set(box.key, note);
    status.textContent = first ? `${number} Alt+Enter in the box uses “${first.write.trim()}.”` : number;
    note.useFirst = first && (() => use(box, text, first));
  }

  function later(event) {
    const box = boxOf(event.target);
    if (!box) return;
    clearTimeout(timers.get(box.key));
    timers.set(box.key, setTimeout(() => read(box), PAUSE));
  }
  for (const type of ["input", "keyup", "paste", "focusin"]) form.addEventListener(type, later);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.altKey) return;
    const box = boxOf(event.target), note = box && listed.get(box.key);
    if (!note?.useFirst) return;
    event.preventDefault();
    event.stopPropagation();
    note.useFirst();
  }, true);
})();

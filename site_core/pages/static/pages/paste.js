// Text pasted into a rich text editor: keeps its weight, and says what the editor leaves out.
"use strict";

(() => {
  const cleaned = new WeakSet();
  // The editor turns each of these into plain lines, or drops it.
  const LEFT_OUT = [
    ["heading", "h1, h2, h5, h6"],
    ["table", "table"],
    ["picture", "img, picture, svg, v\\:imagedata"],
    ["footnote", '[class~="MsoFootnoteText"], [href^="#_ftnref"]'],
    // Word marks the first line of a list by no tag.
    ["list point", '[class*="MsoListParagraph"]'],
    ["video", "video, iframe, object, embed"],
  ];
  const HEAVY = /^(bold|bolder|[6-9]00)$/;
  const LIGHT = /^(normal|lighter|[1-5]00)$/;

  function renamed(element, name) {
    const other = document.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
  }

  // Google Docs wraps everything in a <b> of normal weight and marks bold words by a style.
  function keepWeight(body) {
    for (const element of [...body.querySelectorAll("[style]")].reverse()) {
      const { fontWeight, fontStyle } = element.style;
      const isBold = /^(B|STRONG)$/.test(element.tagName);
      if (isBold && LIGHT.test(fontWeight)) {
        renamed(element, "span");
      } else if (element.tagName === "SPAN" && HEAVY.test(fontWeight)) {
        renamed(element, "b");
      } else if (element.tagName === "SPAN" && fontStyle === "italic") {
        renamed(element, "i");
      }
    }
  }

  function leftOut(body) {
    const counts = LEFT_OUT.map(([name, selector]) => {
      const number = body.querySelectorAll(selector).length;
      return number && `${number} ${name}${number > 1 ? "s" : ""}`;
    });
    return counts.filter(Boolean).join(", ");
  }

  function say(editor, what) {
    editor.parentElement.querySelector(".paste-note")?.remove();
    if (!what) {
      return;
    }
    const note = document.createElement("p");
    note.className = "paste-note help-block help-warning";
    note.setAttribute("role", "status");
    editor.after(note);
    note.textContent =
      `This could not be pasted as it was: ${what}. The words are kept as plain text, pictures are left out. ` +
      "Use the editor's own headings and lists, and a picture block, to add them again.";
  }

  function paste(event) {
    const editor = event.target.closest?.(".Draftail-Editor");
    const html = event.clipboardData?.getData("text/html");
    // What was copied in an editor of this kind is taken as it is.
    if (!editor || !html || cleaned.has(event) || html.includes("data-draftjs-conductor-fragment")) {
      return;
    }
    const { body } = new DOMParser().parseFromString(html, "text/html");
    say(editor, leftOut(body));
    keepWeight(body);
    event.preventDefault();
    event.stopImmediatePropagation();
    const data = new DataTransfer();
    data.setData("text/html", body.innerHTML);
    data.setData("text/plain", event.clipboardData.getData("text/plain"));
    const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    cleaned.add(again);
    event.target.dispatchEvent(again);
  }

  document.addEventListener("paste", paste, true);
})();

// Text pasted into a rich text editor: headings and tables become blocks, and a note says what is left out.
"use strict";

(() => {
  const sent = new WeakSet();
  const { upload, chosen } = document.currentScript.dataset;

  // The list of blocks that the editor is a block of, and its place there. Null for an editor that is no such block.
  function placeOf(editor) {
    let node = editor;
    while (node && !node.rootBlock) node = node.parentElement;
    const list = node?.rootBlock;
    const index = list?.children?.findIndex?.((child) => child.element.contains(editor)) ?? -1;
    const isText = index >= 0 && list.children[index].type === "text" && list.blockDef.childBlockDefsByName;
    return isText ? { list, index, has: (type) => type in list.blockDef.childBlockDefsByName } : null;
  }

  function caretOf(editor) {
    const wrapper = editor.closest("[data-draftail-editor-wrapper]");
    const draftail = [...(wrapper?.parentNode.children ?? [])].find((one) => one.draftailEditor)?.draftailEditor;
    if (!draftail) return {};
    const state = draftail.getEditorState(), content = state.getCurrentContent(), selection = state.getSelection();
    const isLast = selection.isCollapsed() && content.getLastBlock().getKey() === selection.getEndKey();
    const isEnd = isLast && selection.getEndOffset() === content.getLastBlock().getLength();
    return { isEmpty: !content.hasText() && content.getBlockMap().size === 1, isEnd };
  }

  // The editor itself takes the text, as if it had been pasted.
  function pasteInto(target, body) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", body.innerHTML);
    clipboardData.setData("text/plain", body.textContent);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    sent.add(event);
    target.dispatchEvent(event);
  }

  // A new editor stands there once it is drawn.
  function pasteSoonInto(block, body) {
    const target = block.element.querySelector(".public-DraftEditor-content");
    if (target) pasteInto(target, body);
    else if (block.element.isConnected) requestAnimationFrame(() => pasteSoonInto(block, body));
  }

  function asText(part) {
    if (part.kind === "text") return part.body;
    const body = document.createElement("div");
    const lines = part.kind === "heading" ? [["h3", part.text]] : part.rows.map((row) => ["p", row.join(" | ")]);
    for (const [name, text] of lines) body.appendChild(document.createElement(name)).textContent = text;
    return body;
  }

  function joined(parts) {
    const body = document.createElement("div");
    parts.forEach((part) => body.append(...asText(part).childNodes));
    return body;
  }

  function insert(place, part, index) {
    const value = {
      heading: () => part.text,
      table: () => ({ caption: part.caption, rows: part.rows.map((row) => row.join(" | ")).join("\n") }),
      text: () => "null",
    }[part.kind]();
    const block = place.list.insert({ type: part.kind, value, id: null }, index);
    if (part.kind === "text") pasteSoonInto(block, part.body);
    return block;
  }

  // Blocks below the text, or around it where it is empty. In the middle of a text, only tables become blocks.
  function put(target, editor, parts, place) {
    const caret = caretOf(editor);
    const own = (part) => part.kind !== "text" && place?.has(part.kind);
    if (!place || !(caret.isEnd || caret.isEmpty)) {
      const isBelow = (part) => part.kind === "table" && own(part);
      pasteInto(target, joined(parts.filter((part) => !isBelow(part))));
      parts.filter(isBelow).forEach((part, number) => insert(place, part, place.index + 1 + number));
      return;
    }
    const groups = [];
    for (const part of parts) {
      if (own(part)) groups.push(part);
      else if (groups.at(-1)?.kind === "text") groups.at(-1).body.append(...asText(part).childNodes);
      else groups.push({ kind: "text", body: joined([part]) });
    }
    const first = groups.findIndex((part) => part.kind === "text");
    const isHere = first === 0 || (caret.isEmpty && first > 0);
    const before = isHere ? groups.slice(0, first) : [];
    let index = place.index;
    for (const part of before) insert(place, part, index++);
    if (isHere) pasteInto(target, groups[first].body);
    for (const part of groups.slice(isHere ? first + 1 : 0)) insert(place, part, ++index);
    if (caret.isEmpty && !isHere && groups.length) place.list.deleteBlock(place.index);
  }

  function paragraph(text) {
    const made = document.createElement("p");
    made.textContent = text;
    return made;
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    return made;
  }

  // The block above the note may have moved since.
  const below = (place, block) => Math.max(0, place.list.children.indexOf(block)) + 1;

  function addPicture(place, block, image) {
    const value = structuredClone(place.list.blockDef.initialChildStates.picture);
    if (image) value.image = { ...value.image, image };
    place.list.insert({ type: "picture", value, id: null }, below(place, block));
  }

  async function uploadPicture(file) {
    const form = new FormData();
    form.append("title", file.name.replace(/\.\w+$/, "").replace(/^pasted$/, "Pasted picture"));
    form.append("files[]", file);
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    headers[wagtailConfig.CSRF_HEADER_NAME] = wagtailConfig.CSRF_TOKEN;
    const answer = await (await fetch(upload, { method: "POST", redirect: "error", headers, body: form })).json();
    if (!answer.success) throw new Error(answer.error_message ?? "");
    const { result } = await (await fetch(chosen.replace("/0/", `/${answer.image_id}/`), { headers })).json();
    return result;
  }

  async function uploadAll(files, place, block, asked, note) {
    asked.disabled = true;
    try {
      while (files.length) {
        addPicture(place, block, await uploadPicture(files.at(-1)));
        files.pop();
      }
      asked.replaceWith("Uploaded. Describe what it shows in the picture block below.");
    } catch (error) {
      asked.disabled = false;
      note.append(paragraph(error.message || "The picture could not be uploaded. Try again."));
    }
  }

  function offerPictures(note, { read, missing }, place, block, counted) {
    const hasPictures = place?.has("picture");
    if (read.length) {
      const offer = paragraph(`${counted(read.length, "picture|s")} came along. `);
      const act = (asked) => uploadAll(read, place, block, asked, note);
      if (hasPictures) offer.append(button("Upload to a picture block", act));
      else offer.append("Add a picture block to upload it.");
      note.append(offer);
    }
    if (missing > 0) {
      const stayed = `${counted(missing, "picture|s")} stayed in the document, where this site cannot read it.`;
      const offer = paragraph(`${stayed} Save it there as a file. `);
      if (hasPictures) offer.append(button("Add a picture block", () => addPicture(place, block, null)));
      note.append(offer);
    }
  }

  function say(editor, reading, place, block) {
    const { parts, leftOut, footnotes, pictures, counted } = reading;
    editor.parentElement.querySelector(".paste-note")?.remove();
    const note = document.createElement("div");
    note.className = "paste-note help-block help-warning";
    note.setAttribute("role", "status");
    if (editor.isConnected && editor.offsetParent) editor.after(note);
    else block.element.append(note);
    for (const kind of place ? [] : ["heading", "table"]) {
      const number = parts.filter((part) => part.kind === kind).length;
      if (number) note.append(paragraph(`Kept as lines of text: ${counted(number, `${kind}|s`)}.`));
    }
    if (footnotes) note.append(paragraph(`Kept as text: ${counted(footnotes, "footnote|s")}.`));
    if (leftOut.length) note.append(paragraph(`Left out: ${leftOut.join(", ")}.`));
    offerPictures(note, pictures, place, block, counted);
    if (!note.childNodes.length) note.remove();
  }

  function paste(event) {
    const editor = event.target.closest?.(".Draftail-Editor");
    const html = event.clipboardData?.getData("text/html") ?? "";
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!editor || sent.has(event) || !(html || files.length)) return;
    // What was copied in an editor of this kind is taken as it is.
    if (html.includes("data-draftjs-conductor-fragment")) return;
    const reading = window.readPastedText(html || "<img>".repeat(files.length), files);
    const { read, missing } = reading.pictures;
    if (!reading.parts.length && !read.length && !missing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const place = placeOf(editor), block = place?.list.children[place.index];
    put(event.target, editor, reading.parts, place);
    say(editor, reading, place, place?.list.children.includes(block) ? block : place?.list.children[place.index]);
  }

  document.addEventListener("paste", paste, true);
})();

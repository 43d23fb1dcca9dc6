// Takes back the deletion or move of a block, or of a row of an inline panel, while its form is open: by the line
// “Deleted. Undo” in its place, or by Ctrl+Z or ⌘Z, the last first.
//
// Wagtail only hides what is deleted and marks it, so it comes back as it was, with what was typed into it.
(() => {
  const TYPED_INTO = "textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=button])";
  // What can be taken back: `isThere` says whether the form still has it, `takeBack` does it and says what happened.
  const acts = [];
  const status = document.createElement("p");
  status.className = "w-sr-only";
  status.role = "status";
  addEventListener("DOMContentLoaded", () => document.body.append(status));

  const takeBack = (act) => {
    acts.splice(acts.indexOf(act), 1);
    act.line?.remove();
    status.textContent = act.takeBack();
    act.element.querySelector("[data-panel-toggle]")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (!isUndo || event.target.closest(TYPED_INTO)) return;
    while (acts.length && !acts.at(-1).element.isConnected) acts.pop();
    if (!acts.length) return;
    event.preventDefault();
    takeBack(acts.at(-1));
  });

  const deleted = (element, restore) => {
    const act = { element, line: document.createElement("p"), takeBack: () => (restore(), "Deletion undone.") };
    // Wagtail counts and sorts the rows of an inline panel that are not “deleted”.
    act.line.classList.add("admin-undo", "deleted");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = "Undo";
    button.addEventListener("click", () => takeBack(act));
    act.line.append("Deleted. ", button);
    element.before(act.line);
    acts.push(act);
    status.textContent = "Deleted. Undo with the button or with Ctrl+Z.";
    button.focus({ preventScroll: true });
  };
  const moved = (element, restore) => acts.push({ element, takeBack: () => (restore(), "Moved back.") });

  // Blocks: a stream or list keeps its blocks in `children`, and the “+” before each in `inserters`.
  const inOrder = (parts) =>
    parts.sort((one, other) => (one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
  const settle = (sequence) => {
    const { children, inserters } = sequence;
    inOrder(inserters).forEach((inserter, position) => inserter.setIndex(position));
    inOrder(children).forEach((child, position) => {
      child.setIndex(position);
      if (position) child.enableMoveUp();
      else child.disableMoveUp();
      if (position < children.length - 1) child.enableMoveDown();
      else child.disableMoveDown();
    });
    sequence.blockCountChanged();
  };
  const watched = (sequence) => {
    const { deleteBlock, moveBlock } = sequence;
    sequence.deleteBlock = (index) => {
      const child = sequence.children[index], inserter = sequence.inserters[index];
      deleteBlock.call(sequence, index);
      deleted(child.element, () => {
        for (const { element } of [child, inserter]) {
          element.style.removeProperty("display");
          element.removeAttribute("aria-hidden");
        }
        child.deletedInput.val("");
        sequence.children.push(child);
        sequence.inserters.push(inserter);
        settle(sequence);
      });
    };
    sequence.moveBlock = (from, to) => {
      const child = sequence.children[from], inserter = sequence.inserters[from];
      const place = document.createComment("");
      inserter.element.before(place);
      moveBlock.call(sequence, from, to);
      moved(child.element, () => {
        place.replaceWith(inserter.element, child.element);
        settle(sequence);
      });
    };
    return sequence;
  };
  const { StreamBlockDefinition, ListBlockDefinition } = window.wagtailStreamField?.blocks ?? {};
  const watch = (name, Definition) =>
    telepath.register(name, class extends Definition {
      render(...given) {
        return watched(super.render(...given));
      }
    });
  if (StreamBlockDefinition) {
    watch("wagtail.blocks.StreamBlock", StreamBlockDefinition);
    watch("wagtail.blocks.ListBlock", ListBlockDefinition);
  }

  // Rows of inline panels.
  const panelOf = (rows) => wagtail.editHandler.getPanelByName(rows.id.replace(/^id_|-FORMS$/g, ""));
  const arrange = (rows) => {
    panelOf(rows).updateOrderValues();
    panelOf(rows).updateControlStates();
  };
  document.addEventListener("w-formset:removed", ({ target: row }) => {
    const mark = document.getElementById(`id_${row.id.replace("inline_child_", "")}-DELETE`);
    if (!mark) return;
    deleted(row, () => {
      mark.value = "";
      mark.dispatchEvent(new Event("change", { bubbles: true }));
      row.classList.remove("deleted");
      row.style.removeProperty("display");
      arrange(row.parentElement);
    });
  });
  const rowsMoved = (row, order) =>
    moved(row, () => {
      const rows = row.parentElement;
      rows.append(...order, ...[...rows.children].filter((each) => !order.includes(each)));
      arrange(rows);
    });
  document.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]")
      ?.closest("[data-inline-panel-child]");
    if (row) rowsMoved(row, [...row.parentElement.children]);
  }, true);
  let before = [];
  document.addEventListener("start", ({ target }) => (before = [...target.children]));
  document.addEventListener("end", ({ target, item }) => {
    if (item?.matches("[data-inline-panel-child]") && before.some((row, index) => row !== target.children[index]))
      rowsMoved(item, before);
  });
})();

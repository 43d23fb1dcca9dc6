// Below a box for tags or a publisher: the names in it that are not on file, and what can be done about each.
"use strict";

customElements.define(
  "names-on-file",
  class extends HTMLElement {
    connectedCallback() {
      this.box = document.getElementById(this.dataset.box);
      const look = () => {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.read(), 250);
      };
      this.box.addEventListener("input", look);
      // The tag box says only by jQuery that it has changed.
      jQuery(this.box).on("change", look);
      jQuery(this.parentElement).on("autocompleteselect", (event, { item }) => {
        if (item.adds) this.add(item.value);
      });
      look();
    }

    async read() {
      const typed = this.box.value;
      let unknown = [];
      if (typed.trim()) {
        try {
          const response = await fetch(`${this.dataset.url}?${new URLSearchParams({ typed })}`);
          if (response.ok) ({ unknown } = await response.json());
        } catch {
          // Without an answer nothing stands here. A draft keeps what was typed.
        }
      }
      if (typed === this.box.value) this.show(unknown);
    }

    show(unknown) {
      const shown = JSON.stringify(unknown);
      // What has the focus stays where it is.
      if (shown === this.shown) return;
      this.shown = shown;
      const added = this.querySelectorAll("input");
      this.replaceChildren(...added, ...unknown.map((one) => this.line(one)));
    }

    line({ name, says, nearest, add }) {
      const line = document.createElement("p");
      line.append(says);
      if (add) line.append(this.button(add, () => this.add(name)));
      if (nearest) line.append(this.button(`Use “${nearest}”`, () => this.replaceName(name, nearest)));
      return line;
    }

    button(label, act) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button-small button-secondary", textContent: label });
      button.addEventListener("click", act);
      return button;
    }

    async add(name) {
      const headers = { [wagtailConfig.CSRF_HEADER_NAME]: wagtailConfig.CSRF_TOKEN };
      let answer = {};
      try {
        const body = new URLSearchParams({ name });
        answer = await (await fetch(this.dataset.url, { method: "POST", headers, body })).json();
      } catch {
        answer = { refused: "The site cannot be reached. Try again in a moment." };
      }
      if (answer.refused) {
        this.shown = null;
        this.replaceChildren(answer.refused);
        return;
      }
      // The text of the box may be the same as before. By this the form has changed, and the next autosave takes it.
      const added = Object.assign(document.createElement("input"), { type: "hidden", name: `${this.box.name}-added` });
      added.value = answer.name;
      this.append(added);
      this.replaceName(name, answer.name);
      await this.read();
      this.focusBox();
    }

    replaceName(name, other) {
      if (this.tagInput()) {
        if (name === other) return;
        jQuery(this.box).tagit("removeTagByLabel", name);
        jQuery(this.box).tagit("createTag", other);
      } else {
        this.box.value = other;
        this.box.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }

    tagInput() {
      return this.parentElement.querySelector(".tagit-new input");
    }

    // The button that was pressed is gone.
    focusBox() {
      if (document.activeElement === document.body) (this.tagInput() ?? this.box).focus();
    }
  },
);

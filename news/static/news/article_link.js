// Below the box for a link: fills in the form from the article, in the background, and names an item with this link.
"use strict";

{
  const TAG_BOXES = ["places", "initiatives", "strategies", "components"];

  customElements.define(
    "article-link",
    class extends HTMLElement {
      connectedCallback() {
        // What is in it is parsed after it.
        if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.begin());
        else this.begin();
      }

      begin() {
        this.box = document.getElementById(this.dataset.box);
        [this.button, this.stop] = this.querySelectorAll("button");
        [this.status, this.known] = this.querySelectorAll("[role=status]");
        this.button.addEventListener("click", (event) => {
          event.preventDefault();
          this.read();
        });
        // Enter in the box does the same, so that one Tab leads from the box to the next.
        this.button.tabIndex = -1;
        this.button.after(" or press Enter ");
        this.box.addEventListener("keydown", (event) => {
          if (event.key === "Enter") this.read();
        });
        this.stop.addEventListener("click", () => this.reading?.abort());
        this.box.addEventListener("input", () => {
          clearTimeout(this.waiting);
          this.waiting = setTimeout(() => this.look(), 250);
        });
      }

      get form() {
        return this.box.form;
      }

      // A mention on file is named as soon as its link is pasted.
      async look() {
        const link = this.box.value.trim();
        let known = {};
        if (link) {
          try {
            const asked = new URLSearchParams({ link, page: this.dataset.page });
            const response = await fetch(`${this.dataset.onFile}?${asked}`);
            if (response.ok) known = await response.json();
          } catch {
            // The form says so again when it is saved.
          }
        }
        if (link === this.box.value.trim()) this.showKnown(known);
      }

      async read() {
        if (this.reading) return;
        const typed = new URLSearchParams();
        for (const [name, value] of new FormData(this.form)) if (typeof value === "string") typed.append(name, value);
        const asked = new URLSearchParams({ page: this.dataset.page });
        for (const name of ["link", "title", "publisher", "date", "author", "item_type", ...TAG_BOXES])
          asked.set(name, typed.get(name) ?? "");
        this.reading = new AbortController();
        this.show("Reading the article …", true);
        let answer;
        try {
          const headers = { [wagtailConfig.CSRF_HEADER_NAME]: wagtailConfig.CSRF_TOKEN };
          const { signal } = this.reading;
          const response = await fetch(this.dataset.read, { method: "POST", headers, body: asked, signal });
          if (!response.ok) throw new Error(response.status);
          answer = await response.json();
        } catch (error) {
          const says =
            error.name === "AbortError"
              ? "Canceled. Your form is as it was."
              : "The site cannot be reached. Try again in a moment.";
          answer = { says };
        }
        this.reading = null;
        this.fillIn(answer, asked);
      }

      fillIn(answer, asked) {
        // What was typed in the meantime stays.
        for (const [name, value] of Object.entries(answer.fields ?? {})) {
          const box = this.form.elements[name];
          if (!box || box.value !== asked.get(name)) continue;
          box.value = value;
          for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
          this.mark(box);
        }
        for (const name of TAG_BOXES) this.propose(this.form.elements[name], answer.tags?.[name] ?? []);
        this.describe(answer.description);
        if (answer.on_file) this.showKnown(answer.on_file);
        this.show(answer.says, false);
      }

      show(says, isReading) {
        // A button that is hidden or disabled loses the focus only when the page is drawn.
        const isHeld = [this.button, this.stop, document.body].includes(document.activeElement);
        this.button.disabled = isReading;
        this.stop.hidden = !isReading;
        if (isHeld) (isReading ? this.stop : this.button).focus();
        this.status.replaceChildren(paragraph(says));
      }

      showKnown({ says, url }) {
        this.known.replaceChildren();
        if (!says) return;
        const link = Object.assign(document.createElement("a"), { href: url, textContent: "Open it" });
        this.known.append(says, " ", link);
      }

      // Until somebody has been in the box.
      mark(box) {
        const id = `${box.id}-from-article`;
        document.getElementById(id)?.remove();
        const mark = Object.assign(document.createElement("p"), { id, className: "from-article" });
        mark.textContent = "From the article. Not checked yet.";
        after(box, mark);
        const described = box.getAttribute("aria-describedby") ?? "";
        if (!described.includes(id)) box.setAttribute("aria-describedby", `${described} ${id}`.trim());
        const look = () => {
          mark.remove();
          if (described) box.setAttribute("aria-describedby", described);
          else box.removeAttribute("aria-describedby");
        };
        box.addEventListener("blur", look, { once: true });
      }

      propose(box, names) {
        if (!box) return;
        box.parentElement.querySelector(".proposed-tags")?.remove();
        if (!names.length) return;
        const line = Object.assign(document.createElement("div"), { className: "proposed-tags" });
        line.append("Found in the article: ");
        for (const name of names) {
          const button = Object.assign(document.createElement("button"), {
            type: "button",
            className: "button button-small button-secondary",
            textContent: `Add “${name}”`,
          });
          button.addEventListener("click", () => {
            jQuery(box).tagit("createTag", name);
            const next = button.nextElementSibling ?? box.parentElement.querySelector(".tagit-new input");
            button.remove();
            next?.focus();
            if (!line.querySelector("button")) line.remove();
          });
          line.append(button);
        }
        box.parentElement.append(line);
      }

      describe(description) {
        const box = this.form.elements.summary;
        document.getElementById("article-describes")?.remove();
        if (!box || !description) return;
        const says = paragraph(`The article describes itself: “${description}”`);
        Object.assign(says, { id: "article-describes", className: "article-says" });
        after(box, says);
      }
    },
  );

  function paragraph(text) {
    return Object.assign(document.createElement("p"), { textContent: text });
  }

  function after(box, element) {
    const field = box.closest(".w-field__input");
    // Below a box stands how long its text is.
    if (field) field.before(element);
    else box.parentElement.append(element);
  }
}

// Beside a date stands in words what the site understands of it. The server reads it, as it will when the form is sent.
customElements.define(
  "typed-date",
  class extends HTMLElement {
    connectedCallback() {
      if (this.output) return;
      this.output = this.querySelector("output") ?? this.appendChild(document.createElement("output"));
      // A block gets its value after it is put into the page.
      setTimeout(() => {
        const [day] = this.boxes();
        const shown = this.querySelector("input[type=hidden]");
        if (!day) return;
        if (shown && !shown.value) shown.value = day.value;
        if (this.typed() && !this.output.textContent) this.read();
      });
      // Of a long form, Enter sends nothing. It shows what was understood.
      this.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !this.closest("[data-edit-form]")) return;
        event.preventDefault();
        this.read();
      });
      this.addEventListener("input", () => {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.read(), 150);
      });
    }

    boxes() {
      return [...this.querySelectorAll("input:not([type=hidden]), select")];
    }

    // “March 15, 2027”, or with an hour and a clock “11/1/2026T01:30 EST”.
    typed() {
      const [day, hour, clock] = this.boxes().map((box) => box.value.trim());
      if (!hour && !clock) return day;
      return `${day}T${hour}${clock ? ` ${clock}` : ""}`;
    }

    async read() {
      const typed = this.typed();
      let answer = {};
      if (typed) {
        try {
          answer = await (await fetch(`${this.dataset.reads}&${new URLSearchParams({ typed })}`)).json();
        } catch {
          // Without an answer nothing stands beside the box. The form is read when it is sent.
        }
      }
      if (typed !== this.typed()) return;
      this.output.textContent = answer.words ?? answer.refused ?? "";
      this.output.toggleAttribute("data-refused", "refused" in answer);
      this.dispatchEvent(new CustomEvent("typed-date:read", { bubbles: true, detail: answer }));
    }
  },
);

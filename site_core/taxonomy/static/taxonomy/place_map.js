// The map of a place follows the coordinates while they are typed.
customElements.define(
  "place-map",
  class extends HTMLElement {
    connectedCallback() {
      const { latitude, longitude, country } = this.closest("form").elements;
      const boxes = [latitude, longitude, country];
      const draw = async () => {
        const typed = new URLSearchParams(boxes.map((box) => [box.name, box.value]));
        const answer = await fetch(`${this.dataset.map}?${typed}`);
        if (answer.ok) this.innerHTML = await answer.text();
      };
      for (const box of boxes) {
        box.addEventListener("input", () => {
          clearTimeout(this.waiting);
          this.waiting = setTimeout(draw, 300);
        });
      }
    }
  },
);

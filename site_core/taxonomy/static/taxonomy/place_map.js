// The map of a place follows the coordinates while they are typed.
customElements.define(
  "place-map",
  class extends HTMLElement {
    connectedCallback() {
      const { latitude, longitude, country } = this.closest("form").elements;
      const boxes = [latitude, longitude, country];
      let loading = new AbortController();
      const draw = async () => {
        const typed = new URLSearchParams(boxes.map((box) => [box.name, box.value]));
        // A slow answer must not replace the map of what was typed after it.
        loading.abort();
        loading = new AbortController();
        try {
          const answer = await fetch(`${this.dataset.map}?${typed}`, { signal: loading.signal });
          if (answer.ok) this.innerHTML = await answer.text();
        } catch {
          // Without an answer the map stays as it was.
        }
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

// Adds the date of printing, which only the browser knows.
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll(".printed-on")) {
    place.textContent = ` · Printed ${new Date().toLocaleDateString("en-US", { dateStyle: "long" })}`;
  }
});

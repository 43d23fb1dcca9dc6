// Adds the date of printing, which only the browser knows, in the style of all dates.
const MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
addEventListener("beforeprint", () => {
  const today = new Date();
  for (const place of document.querySelectorAll(".printed-on")) {
    place.textContent = ` · Printed ${MONTHS[today.getMonth()]} ${today.getDate()}, ${today.getFullYear()}`;
  }
});

// In a long form, Enter in a box does what the box does with it, such as adding a tag. It does not press the first
// button of the form, which would save or send everything. Buttons, links and text areas keep their Enter, and so do
// dialogs, which stand outside the form.
const TAKES_ENTER = "button, a, summary, select, textarea, [contenteditable], input:is([type=submit], [type=button], [type=file])";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.closest("[data-edit-form]")) return;
  if (!event.target.closest(TAKES_ENTER)) event.preventDefault();
});

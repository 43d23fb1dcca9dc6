// After a dialog, Wagtail gives the focus back to the button that opened it. Once something is chosen, that button is
// often hidden, and the focus would fall to the top of the page. Then the nearest control around it gets the focus.
// What is new in a dialog takes the focus of what it replaces.
const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable], [tabindex='0']";

// Milliseconds until Wagtail's tabs have found a new panel and show it.
const TABS_SHOW_AFTER = 100;

// Where the focus was last outside of a dialog, the innermost element first. Menus leave the page when they close.
let around = [];
// The dialog that the focus was in last, if it was in one.
let dialog = null;

document.addEventListener("focusin", (event) => {
  dialog = event.target.closest(".modal");
  if (!dialog) around = event.composedPath().filter((node) => node instanceof Element);
});

const takesFocus = (element) => element.matches(CONTROLS) && !element.disabled && element.checkVisibility({ visibilityProperty: true });

const focusNearest = (elements) => {
  // A dialog whose control has gone takes the focus itself, sometimes.
  if (!document.activeElement.matches("body, .modal")) return;
  for (const element of elements) {
    const control = [element, ...element.querySelectorAll(CONTROLS)].find(takesFocus);
    if (control) {
      control.focus();
      return;
    }
  }
};

window
  .jQuery(document)
  .on("hidden.bs.modal", () => focusNearest(around.filter((element) => element.isConnected)))
  .on("ajaxComplete", () => {
    setTimeout(() => {
      if (dialog?.isConnected) focusNearest([dialog.querySelector("[role=tabpanel]:not([hidden])") ?? dialog]);
    }, TABS_SHOW_AFTER);
  });

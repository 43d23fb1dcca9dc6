// “Leave this page”: opens a neutral page in a new tab and puts it in the place of this one, so that “Back” finds
// nothing here. Without this script the link is a plain link.
"use strict";

(() => {
  const link = document.getElementById("leave-page");
  const PRESSES = 3;
  const WITHIN_MILLISECONDS = 5000;
  let pressedAt = [];

  function leave() {
    // The neutral site need not learn where its visitor comes from.
    const quiet = document.createElement("meta");
    quiet.name = "referrer";
    quiet.content = "no-referrer";
    document.head.append(quiet);
    window.open(link.href, "_blank", "noopener,noreferrer");
    window.location.replace(link.href);
    // On a slow line the page would stay in sight until the other one comes.
    document.title = "";
    document.body.replaceChildren();
  }

  function isTyping(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || isTyping(event.target)) {
      pressedAt = [];
    } else if (!event.repeat) {
      pressedAt = [...pressedAt, event.timeStamp].slice(-PRESSES);
      if (pressedAt.length === PRESSES && event.timeStamp - pressedAt[0] <= WITHIN_MILLISECONDS) leave();
    }
  });

  for (const sentence of document.querySelectorAll(".leave-keys")) sentence.hidden = false;
})();

// The preview panel opens at the block that is being edited, and follows when another one is.
//
// A page shows its blocks in the order of the form, each in an element with the class “w-block-<type>”, so nothing has to
// be added to the page. Views without the page's body, such as the listing card, stay as they are.
(() => {
  // The block of the form that was last edited, not one within it.
  let edited = null;
  const isBlock = (element) => element.matches("[data-streamfield-child]");
  const outermost = (element) => {
    let found = null;
    for (let each = element; each; each = each.parentElement) if (isBlock(each)) found = each;
    return found;
  };
  const shown = (frame) => {
    const siblings = [...edited.parentElement.children].filter((each) => isBlock(each) && !each.ariaHidden);
    const type = edited.querySelector("input[name$=-type]").value;
    const first = frame.contentDocument.querySelector("[class^=w-block-]");
    const block = first?.parentElement.children[siblings.indexOf(edited)];
    return block?.matches(`.w-block-${type}`) ? block : null;
  };
  const follow = () => {
    const frame = document.getElementById("w-preview-iframe");
    const block = edited?.isConnected && frame?.contentDocument ? shown(frame) : null;
    if (!block) return;
    const { top, bottom } = block.getBoundingClientRect();
    const height = frame.contentWindow.innerHeight;
    if (top < height * 0.8 && bottom > height * 0.2) return;
    frame.contentWindow.scrollBy({ top: top - height * 0.1, behavior: "instant" });
  };

  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest("[data-edit-form]")) return;
    edited = outermost(target);
    follow();
  });
  document.addEventListener("w-preview:loaded", follow);
  // Events of the side panels do not bubble.
  document.addEventListener("show", ({ target }) => target.matches("[data-side-panel=preview]") && setTimeout(follow), true);
})();

// The preview opens at the block that is being edited: in the panel, which follows when another one is, and in a tab.
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
  const shown = (preview) => {
    const siblings = [...edited.parentElement.children].filter((each) => isBlock(each) && !each.ariaHidden);
    const type = edited.querySelector("input[name$=-type]").value;
    const first = preview.document.querySelector("[class^=w-block-]");
    const block = first?.parentElement.children[siblings.indexOf(edited)];
    return block?.matches(`.w-block-${type}`) ? block : null;
  };
  const scroll = (preview) => {
    const block = edited?.isConnected ? shown(preview) : null;
    if (!block) return;
    const { top, bottom } = block.getBoundingClientRect();
    const height = preview.innerHeight;
    if (top < height * 0.8 && bottom > height * 0.2) return;
    preview.scrollBy({ top: top - height * 0.1, behavior: "instant" });
  };
  const follow = () => {
    const frame = document.getElementById("w-preview-iframe");
    if (frame?.contentDocument) scroll(frame.contentWindow);
  };

  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest("[data-edit-form]")) return;
    edited = outermost(target);
    follow();
  });
  document.addEventListener("w-preview:loaded", follow);
  // Events of the side panels do not bubble.
  document.addEventListener("show", ({ target }) => target.matches("[data-side-panel=preview]") && setTimeout(follow), true);

  // Wagtail opens the tab by itself, after it has sent the form, and names it by the URL of the preview.
  const isPreview = (name) => document.querySelector("[data-w-preview-target=newTab]")?.href.split("?")[0] === name;
  const scrollOnceLoaded = (tab, before) => {
    if (tab.closed) return;
    if (tab.document !== before && tab.document.readyState === "complete") scroll(tab);
    else setTimeout(scrollOnceLoaded, 100, tab, before);
  };
  const open = window.open.bind(window);
  window.open = (url, name, ...more) => {
    const tab = open(url, name, ...more);
    if (tab && isPreview(name)) scrollOnceLoaded(tab, tab.document);
    return tab;
  };
})();

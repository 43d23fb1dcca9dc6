// Where the keyboard is: the element in focus as test_keyboard.py judges it. Run in the browser after each Tab.
() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const [first] = element.getClientRects();
  // Points a little inside the first line of the element: whatever lies over it is found there.
  const points = first && [0.02, 0.5, 0.98].flatMap((across) => [0.2, 0.8].map((down) => [first.left + first.width * across, first.top + first.height * down]));
  const covering = (points ?? []).map(([x, y]) => document.elementFromPoint(x, y)).filter((found) => !found || !(element.contains(found) || found.contains(element)));
  return {
    place: [...document.querySelectorAll("*")].indexOf(element),
    name: `${element.tagName.toLowerCase()} “${(element.innerText || element.value || element.getAttribute("aria-label") || "").trim().slice(0, 40)}”`,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    covered: covering.map((found) => (found ? found.outerHTML.slice(0, 60) : "outside the window"))[0] ?? "",
    fixed: Boolean(element.closest(".skip-link, .leave-page")),
    left: (first?.left ?? 0) + scrollX,
    right: (first?.right ?? 0) + scrollX,
    top: (first?.top ?? 0) + scrollY,
    bottom: (first?.bottom ?? 0) + scrollY,
  };
}

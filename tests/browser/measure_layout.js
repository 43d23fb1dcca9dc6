// What is wrong with the layout of the page that is open, in words. Run in the browser by test_layout.py.
() => {
  const problems = [];
  const hidden = (element) => {
    for (let node = element; node; node = node.parentElement) {
      if (node.matches(".visually-hidden, .skip-link, [hidden], svg, noscript, script, style")) return true;
      const style = getComputedStyle(node);
      if (style.display === "none" || style.visibility === "hidden" || style.clipPath === "inset(50%)") return true;
      if (node.tagName === "DETAILS" && !node.open && !element.closest("summary")) return true;
    }
    return false;
  };
  const words = (text) => text.trim().replace(/\s+/g, " ").slice(0, 40);
  const root = document.documentElement;

  const sideways = root.scrollWidth - root.clientWidth;
  if (sideways > 0) problems.push(`scrolls sideways by ${sideways} pixels`);

  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const name = `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
    if (style.boxShadow !== "none" || style.textShadow !== "none") problems.push(`${name} has a shadow`);
    const radii = ["TopLeft", "TopRight", "BottomLeft", "BottomRight"].map((corner) => parseFloat(style[`border${corner}Radius`]));
    if (Math.max(...radii) > 2) problems.push(`${name} has round corners`);
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!isText || hidden(element)) continue;
    if (!element.closest("button, .button") && /center/.test(style.textAlign)) problems.push(`${name} is centered: ${words(element.textContent)}`);
    const clamped = element.closest(".news-row .claim p");
    const clips = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    const clipsBelow = style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
    if ((clips || clipsBelow) && !clamped) problems.push(`${name} is clipped: ${words(element.textContent)}`);
  }

  // Each line of text as a box around its lower-case letters: what overlaps there cannot be read.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || hidden(node.parentElement)) continue;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    const fixed = node.parentElement.closest(".leave-page");
    // A summary in a list ends after two lines; those below are there, but not in sight.
    const end = node.parentElement.closest(".news-row .claim p")?.getBoundingClientRect().bottom ?? Infinity;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const middle = (box.top + box.bottom) / 2;
      if (box.width < 1 || middle > end) continue;
      const line = { left: box.left, right: box.right, top: middle - size * 0.25, bottom: middle + size * 0.25, node, fixed };
      if (line.left < -1 || line.right > root.clientWidth + 1) problems.push(`leaves the page: ${words(node.data)}`);
      lines.push(line);
    }
  }
  for (let one = 0; one < lines.length; one++) {
    for (let other = one + 1; other < lines.length; other++) {
      const [a, b] = [lines[one], lines[other]];
      if (a.fixed || b.fixed || a.node === b.node) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) problems.push(`“${words(a.node.data)}” lies over “${words(b.node.data)}”`);
    }
  }

  // A heading of more than three words never ends in a line of one word.
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    if (hidden(heading)) continue;
    const tops = [];
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (hidden(node.parentElement) || getComputedStyle(node.parentElement).display === "block" && node.parentElement !== heading) continue;
      for (const word of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const boxes = range.getClientRects();
        if (boxes.length) tops.push(Math.round(boxes[boxes.length - 1].bottom));
      }
    }
    const last = tops.filter((top) => Math.abs(top - tops[tops.length - 1]) < 4).length;
    if (tops.length > 3 && last === 1 && new Set(tops).size > 1) problems.push(`one word alone ends the heading: ${words(heading.textContent)}`);
  }
  return problems;
}

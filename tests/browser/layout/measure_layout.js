// What is wrong with the layout of the page that is open, in words. Run in the browser by test_layout.py.
() => {
  const MOST_EMPTY = 0.35;
  // Pixels between two lines, or between a line and what belongs to it. What is longer is empty.
  const LONGEST_PAUSE = 24;
  const SMALLEST_TARGET = 24;
  const problems = [];
  // From where to where something stands: a line of text, a picture, a field, a ground of its own.
  const filled = [];
  const root = document.documentElement;
  const words = (text) => text.trim().replace(/\s+/g, " ").slice(0, 40);
  const nameOf = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;

  const known = new Map([[null, false]]);
  const isHiddenItself = (node) => {
    if (node.matches(".visually-hidden, .skip-link, [hidden], svg, noscript, script, style")) return true;
    const style = getComputedStyle(node);
    if (style.display === "none" || style.visibility === "hidden" || style.clipPath === "inset(50%)") return true;
    return node.matches("details:not([open]) > :not(summary)") && !node.checkVisibility({ contentVisibilityAuto: true });
  };
  const hidden = (element) => {
    if (!known.has(element)) known.set(element, hidden(element.parentElement) || isHiddenItself(element));
    return known.get(element);
  };

  const sideways = root.scrollWidth - root.clientWidth;
  if (sideways > 0) problems.push(`scrolls sideways by ${sideways} pixels`);

  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const name = nameOf(element);
    if (style.boxShadow !== "none" || style.textShadow !== "none") problems.push(`${name} has a shadow`);
    const radii = ["TopLeft", "TopRight", "BottomLeft", "BottomRight"].map((corner) => parseFloat(style[`border${corner}Radius`]));
    if (Math.max(...radii) > 2 && element.type !== "radio") problems.push(`${name} has round corners`);
    const isFrame = element.matches("body, main, .site-footer, .block-impact") || (element.closest(".leave") && getComputedStyle(element.closest(".leave")).position === "fixed");
    if (style.backgroundColor !== "rgba(0, 0, 0, 0)" && !isFrame && element.checkVisibility()) {
      const box = element.getBoundingClientRect();
      filled.push([box.top, box.bottom]);
    }
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!isText || hidden(element)) continue;
    if (!element.closest("button, .button") && /center/.test(style.textAlign)) problems.push(`${name} is centered: ${words(element.textContent)}`);
    const clips = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    const clipsBelow = style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
    if (clips || clipsBelow) problems.push(`${name} is clipped: ${words(element.textContent)}`);
  }

  // Each line of text as a box around its lower-case letters: what overlaps there cannot be read.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || hidden(node.parentElement)) continue;
    const style = getComputedStyle(node.parentElement);
    const size = parseFloat(style.fontSize);
    const fixed = node.parentElement.closest(".leave");
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const middle = (box.top + box.bottom) / 2;
      const line = { left: box.left, right: box.right, top: middle - size * 0.25, bottom: middle + size * 0.25, node, fixed };
      if (line.left < -1 || line.right > root.clientWidth + 1) problems.push(`leaves the page: ${words(node.data)}`);
      lines.push(line);
      const half = Math.max(box.height, parseFloat(style.lineHeight) || 0) / 2;
      if (!fixed) filled.push([middle - half, middle + half]);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  for (let one = 0; one < lines.length; one++) {
    for (let other = one + 1; other < lines.length && lines[other].top < lines[one].bottom - 1; other++) {
      const [a, b] = [lines[one], lines[other]];
      if (a.fixed || b.fixed || a.node === b.node) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) problems.push(`“${words(a.node.data)}” lies over “${words(b.node.data)}”`);
    }
  }

  // A heading of more than three words never ends in a line of one word, and no compound in it is broken.
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
        if (/\w-\w/.test(word[0]) && word[0].length <= 16 && boxes.length > 1) problems.push(`a compound is broken: ${word[0]}`);
      }
    }
    const last = tops.filter((top) => Math.abs(top - tops[tops.length - 1]) < 4).length;
    if (tops.length > 3 && last === 1 && new Set(tops).size > 1) problems.push(`one word alone ends the heading: ${words(heading.textContent)}`);
  }

  // The first row of the header is one row, and its search ends where the content does.
  const header = document.querySelector(".site-header .frame");
  if (header) {
    const shown = [...header.children].filter((part) => !hidden(part) && part.getClientRects().length);
    const last = shown.find((part) => part.matches(".search-form, .search-link"));
    const rows = new Set(shown.filter((part) => part === last || !part.matches("nav") || last.matches(".search-form")).map((part) => {
      const box = part.getBoundingClientRect();
      return Math.round((box.top + box.bottom) / 2 / 4);
    }));
    if (rows.size > 1) problems.push("the first row of the header wraps");
    if (last && Math.abs(last.getBoundingClientRect().right - header.getBoundingClientRect().right) > 1) problems.push("the search does not end with the content");
  }

  // The footer ends at the bottom of the window or below it. How much is empty is measured without the room above it.
  const footer = document.querySelector(".site-footer");
  if (footer) {
    const [above, below] = [document.querySelector("main").getBoundingClientRect(), footer.getBoundingClientRect()];
    if (below.bottom < innerHeight - 1) problems.push("the footer is not at the bottom");
    for (const element of document.querySelectorAll("svg:not(svg svg), img, input, select")) {
      const box = element.getBoundingClientRect();
      if (box.height) filled.push([box.top, box.bottom]);
    }
    const height = root.scrollHeight - (below.top - above.bottom);
    filled.sort((one, other) => one[0] - other[0]);
    let [empty, end] = [0, 0];
    for (const [top, bottom] of [...filled, [root.scrollHeight, root.scrollHeight]]) {
      if (top - end > LONGEST_PAUSE) empty += top - end;
      end = Math.max(end, bottom);
    }
    empty = (empty - (below.top - above.bottom)) / height;
    if (height > innerHeight && empty > MOST_EMPTY) problems.push(`${Math.round(empty * 100)} % of its height are empty`);
  }

  // What is tapped or clicked has 24 by 24 pixels or as much room around it, save for a link in a sentence.
  const targets = [...document.querySelectorAll("a[href], button, input, select, summary")].filter((target) => !hidden(target) && !target.closest("svg, .leave"));
  const boxes = targets.map((target) => target.getBoundingClientRect());
  targets.forEach((target, place) => {
    const box = boxes[place];
    if (!box.width || (box.width >= SMALLEST_TARGET - 0.5 && box.height >= SMALLEST_TARGET - 0.5)) return;
    const around = target.closest("p, li, dd, td, th, h1, h2, h3, h4, pre, div");
    if (getComputedStyle(target).display === "inline" && words(around.textContent) !== words(target.textContent)) return;
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const near = boxes.some((other, at) => {
      if (at === place || !other.width) return false;
      const [across, down] = [Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)];
      return Math.hypot(across, down) < SMALLEST_TARGET / 2;
    });
    if (near) problems.push(`${nameOf(target)} is too small to tap: ${words(target.textContent)}`);
  });
  return problems;
}

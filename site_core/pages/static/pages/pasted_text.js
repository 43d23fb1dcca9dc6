// Reads what was copied in Word, Google Docs or a browser: its parts in their order, and what cannot be kept.
"use strict";

window.readPastedText = (() => {
  const LONGEST_HEADING = 120;
  const HEAVY = /^(bold|bolder|[6-9]00)$/, LIGHT = /^(normal|lighter|[1-5]00)$/;
  const NOTES = '[class~="MsoFootnoteText"], [class~="MsoEndnoteText"], p:has(> a[href^="#ftnt_ref"])';
  const COMMENT = 'a[href^="#_msocom"]';
  // What no editor of this site has. The words of all but the first group are kept.
  const LEFT_OUT = [
    ["deleted word|s of tracked changes", "del"],
    ["video|s", "video, iframe, object, embed"],
    ["raised or lowered part|s", "sup:not(:has(a)), sub"],
    ["underlined part|s", 'u, [style*="underline"]:not(a):not(a *)'],
    ["struck-out part|s", 's, strike, [style*="line-through"]'],
    ["colored or highlighted part|s", 'mark, [style*="mso-highlight"]'],
  ];

  function renamed(element, name) {
    const other = document.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  }

  // Google Docs wraps everything in a <b> of normal weight and marks bold words by a style.
  function keepWeight(body) {
    for (const element of [...body.querySelectorAll("[style]")].reverse()) {
      const { fontWeight, fontStyle } = element.style;
      const isBold = /^(B|STRONG)$/.test(element.tagName);
      if (isBold && LIGHT.test(fontWeight)) renamed(element, "span");
      else if (element.tagName === "SPAN" && HEAVY.test(fontWeight)) renamed(element, "b");
      else if (element.tagName === "SPAN" && fontStyle === "italic") renamed(element, "i");
    }
  }

  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const counted = (number, name) => {
    const [one, more = ""] = name.split("|"), plural = more.match(/^(\S*)(.*)$/);
    return number === 1 ? `1 ${one}${plural[2]}` : `${number} ${one}${plural[1]}${plural[2]}`;
  };

  function takeOut(body) {
    const said = LEFT_OUT.map(([name, selector]) => {
      const found = [...body.querySelectorAll(selector)].filter((one) => words(one) || !one.matches("u, s, span"));
      if (name.startsWith("deleted") || name.startsWith("video")) found.forEach((one) => one.remove());
      return found.length && counted(found.length, name);
    });
    const comments = body.querySelectorAll(COMMENT).length;
    if (comments) said.push(counted(comments, "comment|s"));
    const unseen = `${COMMENT}, [style*="mso-element:comment"], style, title, meta, xml`;
    body.querySelectorAll(unseen).forEach((one) => one.remove());
    return said.filter(Boolean);
  }

  // A note keeps its number, in the text and before its words, and is no link.
  function keepFootnotes(body) {
    const notes = body.querySelectorAll(NOTES);
    body.querySelectorAll('a[href^="#"]').forEach((link) => renamed(link, "span"));
    return notes.length;
  }

  // Word marks a point of a list by a class alone, its level by a style, and its sign as text.
  function makeLists(body) {
    let root = null, last = null, depth = 0;
    for (const point of [...body.querySelectorAll('p[style*="mso-list:l"]')]) {
      const style = point.getAttribute("style") ?? "";
      const sign = point.querySelector('[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]');
      const kind = /^\(?([a-z]|\d{1,3}|[ivx]{1,5})[.)]/i.test(words(sign ?? point)) ? "ol" : "ul";
      const level = Number(style.match(/level(\d)/)?.[1] ?? 1);
      sign?.remove();
      if (!last || point.previousElementSibling !== root) {
        root = last = document.createElement(kind);
        depth = 1;
        point.before(root);
      }
      for (; depth < level && last.lastElementChild; depth++) {
        last = last.lastElementChild.appendChild(document.createElement(kind));
      }
      for (; depth > level && last !== root; depth--) last = last.parentElement.closest("ul, ol");
      last.append(renamed(point, "li"));
    }
    body.querySelectorAll("li > p").forEach((one) => {
      if (one.previousElementSibling) one.before(" ");
      renamed(one, "span");
    });
  }

  function textOfCell(cell) {
    const lines = [...cell.querySelectorAll("p, li")].map(words).filter(Boolean);
    return (lines.length > 1 ? lines.join("; ") : words(cell)).replaceAll("|", "/");
  }

  // A merged cell stands in its first place, the others are empty.
  function tableOf(element) {
    const grid = [...element.rows].map(() => []);
    [...element.rows].forEach((row, top) => {
      for (const cell of row.cells) {
        const left = [...grid[top], undefined].indexOf(undefined);
        for (let down = 0; down < Math.min(cell.rowSpan, grid.length - top); down++) {
          for (let right = 0; right < Math.min(cell.colSpan, 50); right++) {
            grid[top + down][left + right] = down || right ? "" : textOfCell(cell);
          }
        }
      }
    });
    const width = Math.max(0, ...grid.map((row) => row.length));
    return grid.map((row) => Array.from({ length: width }, (_, number) => row[number] ?? ""));
  }

  function saidOfTables(body) {
    const inCells = (selector) => body.querySelectorAll(`table :is(${selector})`).length;
    const said = [
      [inCells("a[href]"), "link|s in tables"],
      [inCells("[colspan]:not([colspan='1']), [rowspan]:not([rowspan='1'])"), "merged cell|s"],
      [inCells("table"), "table|s within a table"],
    ];
    return said.filter(([number]) => number).map(([number, name]) => counted(number, name));
  }

  // Takes the pictures out. `files` are those that came with the text; a picture may also be in the text itself.
  function takePictures(body, files) {
    const found = [...body.querySelectorAll("img, picture, svg, v\\:imagedata")];
    const drawn = found.filter((one) => !one.parentElement.closest("picture"));
    const read = drawn.length === files.length ? files : drawn.map(inText).filter(Boolean);
    drawn.forEach((one) => one.remove());
    return { read, missing: drawn.length - read.length };
  }

  function inText(image) {
    const source = image.getAttribute("src") ?? "";
    const [, type, code] = source.match(/^data:(image\/(?:png|jpeg|gif|webp));base64,(.*)$/s) ?? [];
    if (!code) return null;
    try {
      const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
      return new File([bytes], `pasted.${type.slice(6)}`, { type });
    } catch {
      return null;
    }
  }

  // Headings, tables and the text between them, in their order.
  function partsIn(body) {
    const parts = [];
    const addText = (node) => {
      if (!words(node)) return;
      if (parts.at(-1)?.kind !== "text") parts.push({ kind: "text", body: document.createElement("div") });
      parts.at(-1).body.append(node);
    };
    const walk = (parent) => {
      for (const node of [...parent.childNodes]) {
        if (node.nodeType === Node.TEXT_NODE) addText(node);
        else if (node.nodeType === Node.ELEMENT_NODE) add(node);
      }
    };
    const add = (node) => {
      const caption = node.caption ? words(node.caption) : "";
      if (node.matches("table")) parts.push({ kind: "table", rows: tableOf(node), caption });
      else if (node.matches('h1, h2, [class~="MsoTitle"]')) parts.push({ kind: "heading", text: words(node) });
      else if (node.querySelector('h1, h2, table, [class~="MsoTitle"]')) walk(node);
      else addText(node);
    };
    walk(body);
    return parts.filter((part) => part.kind !== "heading" || part.text);
  }

  // Within a text there are two sizes of headings.
  function fitHeadings(body) {
    body.querySelectorAll("h5, h6").forEach((one) => renamed(one, "h4"));
    const large = [...body.querySelectorAll('h1, h2, [class~="MsoTitle"]')];
    large.filter((one) => words(one).length > LONGEST_HEADING).forEach((one) => renamed(one, "h3"));
  }

  return (html, files) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const leftOut = takeOut(body);
    const pictures = takePictures(body, files);
    const footnotes = keepFootnotes(body);
    makeLists(body);
    keepWeight(body);
    leftOut.push(...saidOfTables(body));
    fitHeadings(body);
    return { parts: partsIn(body), leftOut, pictures, footnotes, counted };
  };
})();

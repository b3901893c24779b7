// A text field with its text coloured behind it: line numbers, underlined mistakes, offers of what could come next.
// The field itself stays a plain one, so that it works with every keyboard, reader and telephone, and without this script.
import { tokens } from "../../editor/tokens.js";
import { Offers, put } from "../../editor/popup.js";

const rest = 300;
const none = { fields: [], functions: [], keywords: [], layouts: [], partials: [] };
let last = null;

export const open = (area, page, list, owner, first, language) => new Editor(area, page, list, owner, first, language);

class Editor {
  #area; #page; #owner; #language; #timer; #offers;
  #lines = [];
  #words = none;

  constructor(area, page, list, owner, first, language) {
    [this.#area, this.#page, this.#owner, this.#language] = [area, page, owner, language];
    area.addEventListener("focus", () => { last = area; });
    area.addEventListener("input", () => { this.#paint(); this.#tell(); });
    for (const moved of ["scroll", "keyup", "select", "blur"]) area.addEventListener(moved, () => this.#follow());
    new ResizeObserver(() => { page.style.width = `${area.clientWidth}px`; this.#follow(); }).observe(area);
    area.parentElement.classList.add("mm-lit");
    this.#paint();

    // Last, since it asks where the cursor stands in what was painted.
    this.#offers = new Offers(area, list, () => this.#caret());

    // What was typed while this script was on its way.
    if (document.activeElement === area) last = area;
    if (area.value !== first.replace(/\r\n?/g, "\n")) this.#tell();
  }

  /** The names that are coloured and offered, and the language, which may be another now. */
  know(words, language) {
    [this.#words, this.#language] = [words, language];
    this.#offers.know(words, language);
    const marks = this.#lines.flatMap((line, n) => line.marks.map(mark => ({ ...mark, line: n + 1 })));
    this.#lines = [];
    this.#page.replaceChildren();
    this.#paint();
    this.mark(marks);
    this.#area.dataset.known = "";
  }

  /** Underlines mistakes: { line, column, doubt }. */
  mark(mistakes) {
    for (const [n, line] of this.#lines.entries()) {
      const marks = mistakes.filter(one => one.line === n + 1);
      if (marks.length > 0 || line.marks.length > 0) {
        line.marks = marks;
        draw(line);
      }
    }
  }

  place(line, column) {
    const before = this.#lines.slice(0, line - 1).reduce((sum, one) => sum + one.text.length + 1, 0);
    const at = Math.min(before + Math.min(column - 1, (this.#lines[line - 1]?.text ?? "").length), this.#area.value.length);
    this.#area.focus();
    this.#area.setSelectionRange(at, at);
    this.#area.scrollTop = Math.max(0, (this.#lines[line - 1]?.node.offsetTop ?? 0) - 80);
  }

  insert(text) {
    const area = last?.isConnected ? last : this.#area;
    area.focus();
    put(area, text);
  }

  #tell() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#area.isConnected && this.#owner.invokeMethodAsync("ChangedAsync"), rest);
  }

  #follow() {
    this.#page.style.transform = `translate(${-this.#area.scrollLeft}px, ${-this.#area.scrollTop}px)`;
    this.#offers?.follow();
  }

  // Only lines that changed, and those below that mean something else now. Lines that moved keep their marks.
  #paint() {
    const texts = this.#area.value.split("\n");
    const old = this.#lines;
    let head = 0;
    while (head < texts.length && head < old.length && texts[head] === old[head].text) head++;
    let tail = 0;
    while (tail < texts.length - head && tail < old.length - head && texts.at(-1 - tail) === old.at(-1 - tail).text) tail++;

    const fresh = texts.slice(head, texts.length - tail).map(text => ({ text, marks: [], node: document.createElement("div") }));
    old.slice(head, old.length - tail).forEach(line => line.node.remove());
    const next = this.#page.children[head] ?? null;
    fresh.forEach(line => this.#page.insertBefore(line.node, next));
    this.#lines = [...old.slice(0, head), ...fresh, ...old.slice(old.length - tail)];

    let state = this.#lines[head - 1]?.end ?? "base";
    for (const [n, line] of this.#lines.entries()) {
      if (n < head) continue;
      if (n >= head + fresh.length && line.state === state) break;
      const { pieces, end } = tokens(line.text, state, this.#language, this.#words);
      [line.state, line.pieces, line.end] = [state, pieces, end];
      draw(line);
      state = end;
    }
    this.#follow();
  }

  // Where the cursor's character stands in the window.
  #caret() {
    const before = this.#area.value.slice(0, this.#area.selectionStart).split("\n");
    const line = this.#lines[before.length - 1].node;
    let left = before.at(-1).length;
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      if (left <= text.length) {
        const range = document.createRange();
        range.setStart(text, Math.max(0, left - 1));
        range.setEnd(text, left);
        return range.getBoundingClientRect();
      }
      left -= text.length;
    }
    return line.getBoundingClientRect();
  }
}

function draw(line) {
  const marks = line.marks.map(mark => {
    const from = Math.min(mark.column - 1, Math.max(0, line.text.length - 1));
    return { from, to: from + (/^[\w$][\w.$]*/.exec(line.text.slice(from))?.[0].length ?? 1), doubt: mark.doubt };
  }).sort((a, b) => a.doubt - b.doubt);
  let at = 0;
  const nodes = [];
  for (const [look, text] of line.pieces) {
    const end = at + text.length;
    const cuts = [at, ...marks.flatMap(mark => [mark.from, mark.to]).filter(cut => cut > at && cut < end), end].sort((a, b) => a - b);
    for (let n = 1; n < cuts.length; n++) {
      const mark = marks.find(one => one.from <= cuts[n - 1] && cuts[n] <= one.to);
      const span = document.createElement("span");
      span.className = [look && `mm-t-${look}`, mark && (mark.doubt ? "mm-doubt" : "mm-wrong")].filter(Boolean).join(" ");
      span.textContent = line.text.slice(cuts[n - 1], cuts[n]);
      if (cuts[n] > cuts[n - 1]) nodes.push(span);
    }
    at = end;
  }
  line.node.className = marks.length === 0 ? "" : marks.every(mark => mark.doubt) ? "mm-line-doubt" : "mm-line-wrong";
  line.node.replaceChildren(...nodes);
}

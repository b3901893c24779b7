// What a text field cannot do by itself: line numbers beside it, marks on lines, and a cursor that goes where it is sent.
const rest = 300;
let last = null;

export function watch(area, gutter, owner, first) {
  let timer;
  let count = 0;
  const number = () => {
    const lines = area.value.split("\n").length;
    if (!gutter || lines === count) return;
    count = lines;
    gutter.firstChild.firstChild.textContent = Array.from({ length: lines }, (_, n) => n + 1).join("\n");
  };
  const tell = () => { clearTimeout(timer); timer = setTimeout(() => area.isConnected && owner.invokeMethodAsync("ChangedAsync"), rest); };
  if (gutter) {
    const page = gutter.appendChild(document.createElement("div"));
    page.append(document.createElement("pre"), document.createElement("div"));
    area.addEventListener("scroll", () => { page.style.transform = `translateY(${-area.scrollTop}px)`; });
  }
  area.addEventListener("focus", () => { last = area; });
  area.addEventListener("input", () => { number(); tell(); });
  number();

  // What was typed while this script was on its way.
  if (document.activeElement === area) last = area;
  if (area.value !== first.replace(/\r\n?/g, "\n")) tell();
}

export function mark(gutter, wrong, doubtful) {
  const lines = [...doubtful.filter(line => !wrong.includes(line)), ...wrong];
  gutter.firstChild.lastChild.replaceChildren(...lines.map(line => {
    const dot = document.createElement("span");
    dot.classList.toggle("mm-doubt", !wrong.includes(line));
    dot.style.setProperty("--line", line - 1);
    dot.dataset.line = line;
    return dot;
  }));
}

// With a character before it, since no stream may be empty.
export const read = area => new TextEncoder().encode(`>${area.value}`);

export function place(area, line, column) {
  const lines = area.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const at = Math.min(before + Math.min(column - 1, (lines[line - 1] ?? "").length), area.value.length);
  area.focus();
  area.setSelectionRange(at, at);
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 4) * height);
}

export function insert(text, otherwise) {
  const area = last?.isConnected ? last : otherwise;
  area.focus();

  // The old command keeps what can be undone; without it the text is put in, and undoing loses one step.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

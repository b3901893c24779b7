// The list of offers at the cursor. The arrows choose, Enter or Tab takes, Escape closes; Ctrl+Space asks for it.
import { offers } from "./offers.js";

/** Writes text at the cursor. The old command keeps what can be undone; without it undoing loses one step. */
export function put(area, text) {
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export class Offers {
  #area; #list; #caret; #language;
  #words = null;
  #start = "";
  #chosen = 0;
  #taking = false;

  constructor(area, list, caret) {
    [this.#area, this.#list, this.#caret] = [area, list, caret];
    area.addEventListener("input", event => {
      const typed = event.inputType === "insertText" || event.inputType === "deleteContentBackward";
      if (typed && !this.#taking) this.#open(); else this.#close();
    });
    area.addEventListener("keydown", event => this.#key(event));
    for (const left of ["blur", "click"]) area.addEventListener(left, () => this.#close());
    list.addEventListener("mousedown", event => {
      event.preventDefault();
      const entry = event.target.closest("[role=option]");
      if (entry) this.#take([...list.children].indexOf(entry));
    });
  }

  know(words, language) { [this.#words, this.#language] = [words, language]; }

  get #isOpen() { return !this.#list.hidden; }

  #open(asked = false) {
    const { selectionStart, selectionEnd, value } = this.#area;
    const found = this.#words && selectionStart === selectionEnd
      ? offers(value.slice(0, selectionStart), this.#words, this.#language, asked) : null;
    if (!found) return this.#close();
    this.#start = found.start;
    this.#list.replaceChildren(...found.found.map(([text, kind], n) => {
      const entry = document.createElement("div");
      entry.id = `${this.#list.id}-${n}`;
      entry.role = "option";
      entry.append(document.createElement("span"), document.createElement("small"));
      entry.firstChild.textContent = entry.dataset.text = text;
      entry.lastChild.textContent = kind;
      return entry;
    }));
    this.#list.hidden = false;
    this.#area.setAttribute("aria-controls", this.#list.id);
    this.#stand();
    this.#list.scrollIntoView({ block: "nearest" });
    this.#choose(0);
  }

  /** The field was scrolled or has another size. */
  follow() {
    if (!this.#isOpen) return;
    const [field, caret] = [this.#area.getBoundingClientRect(), this.#caret()];
    if (caret.bottom < field.top || caret.top > field.bottom) this.#close(); else this.#stand(caret);
  }

  // Below the cursor, within the editor's width.
  #stand(caret = this.#caret()) {
    const box = this.#list.offsetParent.getBoundingClientRect();
    this.#list.style.left = `${Math.max(0, Math.min(caret.right - box.left, box.width - this.#list.offsetWidth))}px`;
    this.#list.style.top = `${caret.bottom - box.top + 4}px`;
  }

  #close() {
    if (!this.#isOpen) return;
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#area.removeAttribute("aria-controls");
    this.#area.removeAttribute("aria-activedescendant");
  }

  #choose(n) {
    this.#list.children[this.#chosen]?.removeAttribute("aria-selected");
    this.#chosen = (n + this.#list.children.length) % this.#list.children.length;
    const entry = this.#list.children[this.#chosen];
    entry.setAttribute("aria-selected", "true");
    entry.scrollIntoView({ block: "nearest" });
    this.#area.setAttribute("aria-activedescendant", entry.id);
  }

  #take(n) {
    const text = this.#list.children[n].dataset.text;
    const end = this.#area.selectionStart;
    this.#close();
    this.#area.setSelectionRange(end - this.#start.length, end);
    this.#taking = true;
    put(this.#area, text);
    this.#taking = false;
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); this.#open(true); return; }
    if (!this.#isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#choose(this.#chosen + step);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) this.#take(this.#chosen);
    else if (event.key === "Escape") this.#close();
    else {
      if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") this.#close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

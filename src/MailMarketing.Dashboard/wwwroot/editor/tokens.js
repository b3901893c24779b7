// Tells the pieces of a template apart, a line at a time: HTML, Markdown or plain text around, Scriban in the tags.
// What a line ends in (a comment, a tag, an attribute's value, an island of Scriban) is what the next one begins in.
const island = [/\{\{[-~]?/y, "brace", "code"];
const html = [[/<!--/y, "note", "comment"], [/<\/?[a-z][\w:-]*/iy, "tag", "tag"], [/<![^>]*>?/y, "tag"], [/&#?\w+;/y, "constant"]];

// [what it matches, how it looks, where it leads]; "end" leads back out of an island.
const rules = {
  text: [island, [/[^{]+/y, ""]],
  braces: [[/\{[a-z_]\w*\}/iy, "name"], [/[^{]+/y, ""]],
  html: [island, ...html, [/[^<&{]+/y, ""]],
  markdown: [
    island, [/^(?:#{1,6}(?=\s)|\s*(?:[-+*]|\d+\.)(?=\s)|\s*>)/y, "keyword"], [/`[^`]*`/y, "string"], [/\*\*|[*_]/y, "keyword"],
    [/!?\[(?=[^\]]*\]\()|\]\([^)\s{]*\)?/y, "attribute"], ...html, [/[a-z\d ,.;:?]+|./iy, ""],
  ],
  comment: [island, [/-->/y, "note", "base"], [/[^{-]+|./y, "note"]],
  tag: [island, [/\/?>/y, "tag", "base"], [/"/y, "string", "double"], [/'/y, "string", "single"], [/[^\s"'<>/={]+/y, "attribute"]],
  double: [island, [/"/y, "string", "tag"], [/[^"{]+|\{/y, "string"]],
  single: [island, [/'/y, "string", "tag"], [/[^'{]+|\{/y, "string"]],
  code: [
    [/[-~]?\}\}/y, "brace", "end"], [/##/y, "note", "remark"], [/#(?:(?![-~]?\}\}).)*/y, "note"],
    [/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/y, "string"], [/`[^`]*`?/y, "string"],
    [/\d[\d_]*(?:\.\d+)?\w*/y, "constant"], [/[a-z_$]\w*(?:\.[a-z_]\w*)*/iy, "word"], [/\|>?/y, "keyword"], [/\s+/y, ""],
  ],
  remark: [[/##/y, "note", "code"], [/[-~]?\}\}/y, "brace", "end"], [/[^#}~-]+|./y, "note"]],
};

const constants = new Set(["true", "false", "null"]);

/** The pieces of a line as [look, text], and the state after it. A state is "place" or "place code" inside of an island. */
export function tokens(line, state, base, words) {
  const pieces = [];
  let [place, inner] = state.split(" ");
  for (let at = 0; at < line.length;) {
    const here = rules[inner ?? (place === "base" ? base : place)];
    const found = here.find(([pattern]) => { pattern.lastIndex = at; return pattern.test(line); });
    const text = found ? line.slice(at, found[0].lastIndex) : line[at];
    const look = !found ? "" : found[1] === "word" ? lookOf(text, words) : found[1];
    if (pieces.at(-1)?.[0] === look) pieces.at(-1)[1] += text; else pieces.push([look, text]);
    at += text.length;
    switch (found?.[2]) {
      case undefined: break;
      case "code": case "remark": inner = found[2]; break;
      case "end": inner = undefined; break;
      default: place = found[2];
    }
  }
  return { pieces, end: inner ? `${place} ${inner}` : place };
}

const lookOf = (word, words) =>
  constants.has(word) ? "constant" : words.keywords.includes(word) ? "keyword" : words.functions.includes(word) ? "function" : "name";

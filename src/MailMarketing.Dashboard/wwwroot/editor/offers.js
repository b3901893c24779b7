// What could be written next, by what stands before the cursor.
const most = 40;

/** { from, found } with the offers as [text, kind]; null where nothing is to be offered. Asked for, an empty beginning offers all. */
export function offers(before, words, language, asked) {
  if (language === "braces") {
    const start = /\{(\w*)$/.exec(before)?.[1];
    return start === undefined ? null : match(words.fields.map(name => [name, "field"]), start, asked);
  }

  const code = /\{\{[-~]?((?:(?!\}\}|\{\{)[^])*)$/.exec(before)?.[1];
  if (code === undefined) return null;
  const part = /^\s*(include|layout)\s+["']([^"']*)$/.exec(code);
  if (part) return match((part[1] === "layout" ? words.layouts : words.partials).map(name => [name, part[1]]), part[2], true);

  // Not in a text or a remark
  const bare = code.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, "");
  if (/["'`#]/.test(bare)) return null;
  const start = /[a-z_$]?[\w.]*$/i.exec(code)[0];
  if (/^\d/.test(start)) return null;
  const functions = words.functions.map(name => [name, "function"]);
  if (/\|>?\s*$/.test(code.slice(0, code.length - start.length))) return match(functions, start, true);
  return match([
    ...own(before, words), ...words.fields.filter(name => !name.includes("[]")).map(name => [name, "field"]), ...functions,
    ...words.keywords.map(name => [name, "keyword"]),
  ], start, asked);
}

// The template's own names; of one that goes through a list also the members that the list's items have.
function* own(before, words) {
  for (const [, name] of before.matchAll(/(?:\{\{[-~]?|[\n;])\s*(?:capture\s+)?([a-z_]\w*)\s*(?:=(?!=)|[-~]?\}\})/gi)) {
    if (!words.keywords.includes(name) && !words.fields.includes(name)) yield [name, "variable"];
  }
  for (const [, name, list] of before.matchAll(/\bfor\s+([a-z_]\w*)\s+in\s+([\w.]+)/gi)) {
    yield [name, "variable"];
    const items = `${list}[].`;
    for (const field of words.fields) if (field.startsWith(items)) yield [`${name}.${field.slice(items.length)}`, "field"];
  }
}

// By the beginning first, then by the beginning of a later member: "city" finds attributes.city.
function match(all, start, asked) {
  const low = start.toLowerCase();
  if (!low && !asked) return null;
  const rank = ([text]) => text.toLowerCase().startsWith(low) ? 0 : text.toLowerCase().includes(`.${low}`) ? 1 : 2;
  const once = [...new Map(all.map(one => [one[0], one])).values()];
  const found = once.filter(one => rank(one) < 2).sort((a, b) => rank(a) - rank(b)).slice(0, most);
  return found.length === 0 || (found.length === 1 && found[0][0] === start) ? null : { start, found };
}

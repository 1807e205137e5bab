// Reads our own HTML strictly, as a test must: what is not a tag that the page writes, with attributes that it writes, is told.

export interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

type Token = { readonly tag: Tag } | { readonly text: string };

const TAG =
  /^<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z-]*(?:=(?:"[^"<>]*"|'[^'<>]*'))?)*)\s*\/?>|^<(!)doctype html>/;
const ATTRIBUTE = /([a-zA-Z][a-zA-Z-]*)(?:=(?:"([^"]*)"|'([^']*)'))?/g;

/** Every tag and every run of text. Throws at a `<` that begins no tag. */
function tokensOf(html: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = html;
  while (rest !== '') {
    const open = rest.indexOf('<');
    if (open !== 0) {
      const text = open < 0 ? rest : rest.slice(0, open);
      tokens.push({ text: decode(text) });
      rest = rest.slice(text.length);
      continue;
    }
    const found = TAG.exec(rest);
    if (!found) throw new Error(`this is no tag: ${rest.slice(0, 80)}`);
    rest = rest.slice(found[0].length);
    if (found[4] === '!') continue;
    const attributes: Record<string, string> = {};
    for (const [, name, double, single] of (found[3] ?? '').matchAll(ATTRIBUTE))
      attributes[name!] = decode(double ?? single ?? '');
    tokens.push({ tag: { name: found[2]!, closing: found[1] === '/', attributes } });
  }
  return tokens;
}

export function tagsOf(html: string): readonly Tag[] {
  return tokensOf(html).flatMap((token) => ('tag' in token ? [token.tag] : []));
}

/** What a reader reads. */
export function textOf(html: string): string {
  return tokensOf(html)
    .map((token) => ('text' in token ? token.text : ''))
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);
}

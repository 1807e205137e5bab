// Reads a TypeScript file as far as the architecture test needs: what it imports, and its code without comments and
// without the words inside strings, so that neither can pass for code.

export interface Import {
  readonly specifier: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
}

export interface Source {
  /** Comments and patterns are blank; each string is its number in double quotes. */
  readonly code: string;
  readonly strings: readonly string[];
  readonly imports: readonly Import[];
  /** `import(…)` of something that is not a plain string: nobody can tell what. */
  readonly hasUnreadableImport: boolean;
}

export function readSource(text: string): Source {
  const { code, strings } = strip(text);
  const literal = (index: string | undefined) => strings[Number(index)] ?? '';
  const imports: Import[] = [];
  for (const [, clause, index] of code.matchAll(
    /\b(?:import|export)\b((?:(?!\b(?:import|export)\b)[^"])*?)\bfrom\s*"(\d+)"/g,
  )) {
    imports.push({ specifier: literal(index), typeOnly: /^\s*type\b(?!\s*(?:,|from\b))/.test(clause ?? '') });
  }
  const others = [
    /\bimport\s*"(\d+)"/g,
    /\bimport\s*\(\s*"(\d+)"/g,
    /\brequire(?:\.resolve)?\s*\(\s*"(\d+)"/g,
    /\bnew\s+URL\s*\(\s*"(\d+)"\s*,\s*import\.meta\.url/g,
  ];
  for (const pattern of others) {
    for (const [, index] of code.matchAll(pattern))
      imports.push({ specifier: literal(index), typeOnly: false });
  }
  return { code, strings, imports, hasUnreadableImport: /\bimport\s*\((?!\s*"\d+"\s*[),])/.test(code) };
}

/** After these a slash begins a pattern; after anything else it divides. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|yield|await|else|do))\s*$/;

function strip(text: string): { code: string; strings: string[] } {
  const strings: string[] = [];
  const templates: number[] = []; // for each `${` that is open, how deep its braces are
  let code = '';
  let at = 0;

  const until = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? text.slice(at);
    at += Math.max(found.length, 1);
    return found;
  };
  const template = (): void => {
    const part = until(/(?:[^\\`$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y);
    if (part.endsWith('${')) {
      templates.push(0);
      code += '+(';
    } else {
      code += `"${strings.push(part.slice(0, -1)) - 1}"`;
    }
  };

  while (at < text.length) {
    const char = text[at] ?? '';
    const pair = text.slice(at, at + 2);
    if (pair === '//') until(/[^\n]*/y);
    else if (pair === '/*') until(/\/\*[\s\S]*?\*\//y);
    else if (char === "'" || char === '"') {
      const quoted = until(/(['"])(?:\\[\s\S]|(?!\1)[^\\])*\1/y);
      code += `"${strings.push(quoted.slice(1, -1)) - 1}"`;
    } else if (char === '`') {
      at += 1;
      template();
    } else if (char === '}' && templates.at(-1) === 0) {
      templates.pop();
      at += 1;
      code += ')+';
      template();
    } else if (char === '/' && BEFORE_PATTERN.test(code.slice(-20))) {
      until(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/y);
      code += '/_/';
    } else {
      if (templates.length > 0 && char === '{') templates.push((templates.pop() ?? 0) + 1);
      if (templates.length > 0 && char === '}') templates.push((templates.pop() ?? 0) - 1);
      code += char;
      at += 1;
    }
  }
  return { code, strings };
}

// English words without their endings.

/** A word and what it may be a form of: `crashes` → `crash`, `saved` → `save`, `quickly` → `quick`. */
export function simpleForms(word: string): readonly string[] {
  const forms = [word];
  const [, stem = '', ending = ''] = /^(.{3,}?)(ies|ied|ing|ed|es|s|ly|er|est)$/u.exec(word) ?? [];
  if (ending === 'ies' || ending === 'ied') forms.push(`${stem}y`);
  else if (ending !== '') forms.push(stem, `${stem}e`, ...(/(.)\1$/u.test(stem) ? [stem.slice(0, -1)] : []));
  return forms;
}

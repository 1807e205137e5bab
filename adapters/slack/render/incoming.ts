// What somebody wrote, out of what Slack makes of it in a message: it escapes three characters, and writes mentions and links as `<…>`.

/** One pass, so that what is unescaped is never read again. */
const WRITTEN = /<([@#!]?)([^<>|\n]*)(?:\|([^<>\n]*))?>|&(amp|lt|gt);/gu;

const UNESCAPED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** `<@U1|ann>` is @ann, `<https://x|label>` is label, `&amp;` is &. Where Slack names nobody, the id stands for them. */
export function plainTextOf(slackText: string): string {
  return slackText.replace(WRITTEN, (whole, mark, target, label, entity) =>
    entity === undefined ? spoken(whole, mark, target, label ?? '') : UNESCAPED[entity]!,
  );
}

function spoken(whole: string, mark: string, target: string, label: string): string {
  switch (mark) {
    case '@':
    case '#':
      return mark + unescaped(label || target);
    case '!':
      return special(target, label);
    default:
      // Anything else in angle brackets is no writing of Slack's.
      if (!/^[a-z][a-z0-9+.-]*:/iu.test(target)) return unescaped(whole);
      return unescaped(label || target.replace(/^(?:mailto|tel):/u, ''));
  }
}

/** `<!here>`, `<!subteam^S1|@support>`, `<!date^1392734382^{date}|in February>`. */
function special(target: string, label: string): string {
  const [name = '', id = ''] = target.split('^');
  if (label !== '')
    return name === 'date' || label.startsWith('@') ? unescaped(label) : `@${unescaped(label)}`;
  return `@${name === 'subteam' ? id : name}`;
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/gu, (_, entity: string) => UNESCAPED[entity]!);
}

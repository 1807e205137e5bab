// What people write when they mean harm, or merely write on a strange keyboard; and a view that has it in every place where words can be.
import { randomUUID } from 'node:crypto';
import type { View } from '../../src/views/view.ts';

export const HOSTILE: Readonly<Record<string, string>> = {
  'a script': `<script>alert(1)</script><img src=x onerror=alert(2)> end`,
  'the end of a tag': `"'></p></article></div><svg onload="alert(1)"> end`,
  entities: `&lt;b&gt; &amp;amp; &#60;i&#62; & end`,
  mentions: `<!channel> <!here> <@U123> <@&99> <#C1> @everyone @here <!subteam^S1> end`,
  links: `<https://evil.example|our page> [our page](https://evil.example) javascript:alert(1) end`,
  'marks of direction': `price \u202E001\u202C and \u2066left\u2069 and \u200F\u05D0\u05D1 end`,
  'NUL and other controls': `a\0b\u0001c\u0008d end`,
  'half a character': `broken \uD83D here and \uDE00 there end`,
  '40,000 characters': 'words & <b>more</b> words, '.repeat(1_600).slice(0, 40_000),
};

/** As it can be read: without what no store and no page can hold, and without what nobody sees. */
export function readable(words: string): string {
  return words
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFD]/gu, '')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '');
}

/** The words in every place that takes any. */
export function hostileView(words: string): View {
  const promptId = randomUUID();
  return {
    summary: words,
    locale: 'en',
    blocks: [
      { kind: 'quote', text: words, by: words },
      { kind: 'heading', text: words },
      {
        kind: 'text',
        text: [words, { kind: 'strong', text: words }, { kind: 'person', externalId: words, name: words }],
        tone: 'plain',
      },
      { kind: 'fields', fields: [{ label: words, value: words }] },
      { kind: 'list', items: [[words]] },
      {
        kind: 'scale',
        label: words,
        low: words,
        high: words,
        options: [
          { score: 1, alt: words, action: { kind: 'score', promptId, score: 1 }, selected: false },
          { score: 2, alt: words, action: { kind: 'score', promptId, score: 2 }, selected: true },
        ],
      },
      { kind: 'buttons', buttons: [{ label: words, action: { kind: 'change', promptId }, style: 'plain' }] },
    ],
  };
}

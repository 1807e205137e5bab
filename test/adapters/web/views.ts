// Views for the tests of the page: every kind of block in two languages, and any view that can be thought of.
import fc from 'fast-check';
import type { Action } from '../../../src/domain/command/action.ts';
import type { Block, ChartSpec, Inline, Input, View } from '../../../src/views/view.ts';
import { HOSTILE } from '../../contracts/hostile.ts';

const PROMPT = '01890a5d-ac96-774b-bcce-b302099a8057';
const CASE = '01890a5d-ac96-774b-bcce-b302099a8058';

const CHART = { title: 'NPS' } as unknown as ChartSpec;

interface Words {
  readonly locale: string;
  readonly question: string;
  readonly low: string;
  readonly high: string;
  readonly said: string;
  readonly name: string;
  readonly note: string;
  readonly yes: string;
  readonly no: string;
}

const WORDS: Readonly<Record<'en' | 'zh', Words>> = {
  en: {
    locale: 'en',
    question: 'How easy was it?',
    low: 'hard',
    high: 'easy',
    said: 'Quick & friendly.\n“Thanks”, <3',
    name: 'Ann O’Neill',
    note: 'Only the team sees it.',
    yes: 'Add words',
    no: 'Not now',
  },
  zh: {
    locale: 'zh-CN',
    question: '这次解决问题容易吗？',
    low: '很难',
    high: '很容易',
    said: '很快，也很友好。\n“谢谢”',
    name: '王小明',
    note: '只有团队能看到。',
    yes: '补充几句',
    no: '暂不',
  },
};

/** One view with every kind of block. */
export function everyBlock(language: keyof typeof WORDS): View {
  const w = WORDS[language];
  return {
    summary: w.question,
    locale: w.locale,
    blocks: [
      { kind: 'heading', text: w.question },
      {
        kind: 'text',
        text: [
          w.note,
          ' ',
          { kind: 'strong', text: w.high },
          ' ',
          { kind: 'person', externalId: 'ann', name: w.name },
          ' ',
          { kind: 'link', url: 'https://example.com/?a=1&b=2', text: w.yes },
        ],
        tone: 'plain',
      },
      { kind: 'text', text: [w.note], tone: 'muted' },
      { kind: 'text', text: [w.note], tone: 'good' },
      { kind: 'text', text: [w.note], tone: 'bad' },
      { kind: 'quote', text: w.said, by: w.name },
      { kind: 'quote', text: w.said, by: null },
      {
        kind: 'fields',
        fields: [
          { label: w.low, value: w.high },
          { label: w.yes, value: w.no },
        ],
      },
      { kind: 'list', items: [[w.low], [{ kind: 'strong', text: w.high }, w.note]] },
      {
        kind: 'scale',
        label: w.question,
        low: w.low,
        high: w.high,
        options: [1, 2, 3, 4, 5].map((score) => ({
          score,
          alt: `${score}/5`,
          action: { kind: 'score', promptId: PROMPT, score },
          selected: score === 4,
        })),
      },
      {
        kind: 'buttons',
        buttons: [
          { label: w.yes, action: { kind: 'add_words', promptId: PROMPT }, style: 'primary' },
          { label: w.no, action: { kind: 'decline', promptId: PROMPT }, style: 'plain' },
          { label: w.no, action: { kind: 'opt_out', promptId: PROMPT }, style: 'danger' },
        ],
      },
      {
        kind: 'inputs',
        title: w.question,
        action: { kind: 'close', followUpId: CASE },
        submit: w.yes,
        inputs: [
          {
            kind: 'text',
            name: 'note',
            label: w.note,
            value: w.said,
            multiline: true,
            optional: false,
            maxLength: 1000,
          },
          {
            kind: 'text',
            name: 'more',
            label: w.no,
            value: '',
            multiline: false,
            optional: true,
            maxLength: 80,
          },
        ],
      },
      { kind: 'image', chart: CHART, alt: w.question },
      { kind: 'divider' },
    ],
  };
}

const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(...Object.values(HOSTILE)),
  fc.constantFrom('', '<', '&', '"', "'", '</textarea>', '-->', ']]>', '\n', ' '),
);
const uuid = fc.uuid();
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constantFrom('decline', 'change', 'add_words', 'undo'), promptId: uuid }),
  fc.record({ kind: fc.constantFrom('claim', 'close'), followUpId: uuid }),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  words,
  fc.record({ kind: fc.constant('strong' as const), text: words }),
  fc.record({ kind: fc.constant('person' as const), externalId: words, name: words }),
  fc.record({
    kind: fc.constant('link' as const),
    url: fc.oneof(words, fc.constantFrom('https://example.com/"><b>', 'javascript:alert(1)', 'http://a')),
    text: words,
  }),
);
const rich = fc.array(inline, { maxLength: 4 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: words }),
  fc.record({
    kind: fc.constant('text' as const),
    text: rich,
    tone: fc.constantFrom('plain', 'muted', 'good', 'bad'),
  }),
  fc.record({ kind: fc.constant('quote' as const), text: words, by: fc.option(words) }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(rich, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('scale' as const),
    label: words,
    low: words,
    high: words,
    options: fc.array(fc.record({ score: fc.nat(10), alt: words, action, selected: fc.boolean() }), {
      maxLength: 11,
    }),
  }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.array(
      fc.record({ label: words, action, style: fc.constantFrom('plain', 'primary', 'danger') }),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    kind: fc.constant('inputs' as const),
    title: words,
    action,
    submit: words,
    inputs: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('text' as const),
          name: fc.constantFrom('words', 'note'),
          label: words,
          value: words,
          multiline: fc.boolean(),
          optional: fc.boolean(),
          maxLength: fc.nat(4000),
        }),
        fc.record({
          kind: fc.constant('pick' as const),
          name: fc.constantFrom('team', 'zone'),
          label: words,
          value: words,
          optional: fc.boolean(),
          of: fc.oneof(
            fc.constantFrom('channel' as const, 'team' as const),
            fc.array(fc.record({ value: words, label: words }), { maxLength: 3 }),
          ),
        }),
      ),
      { maxLength: 2 },
    ),
  }),
  fc.constant({ kind: 'divider' as const }),
);

/** Any view; the words in it are as hostile as words can be. */
export const anyView: fc.Arbitrary<View> = fc.record({
  summary: words,
  locale: fc.constantFrom('en', 'zh-CN'),
  blocks: fc.array(block, { maxLength: 6 }),
});

/** The same view with harmless words; an address keeps its kind. */
export function harmless<T>(value: T, key = ''): T {
  if (typeof value === 'string') {
    if (key === 'url') return (/^https?:\/\//.test(value) ? 'https://x' : 'x') as T;
    return (
      ['kind', 'tone', 'style', 'locale', 'promptId', 'followUpId', 'name'].includes(key) ? value : 'x'
    ) as T;
  }
  if (Array.isArray(value)) return value.map((inner) => harmless(inner)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, inner]) => [k, harmless(inner, k)])) as T;
}

/** Every text of a view that its readers see, in order. */
export function seenWords(view: View): readonly string[] {
  const ofRich = (text: readonly Inline[]) =>
    text.map((one) => (typeof one === 'string' ? one : 'name' in one ? one.name : one.text));
  return view.blocks.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case 'heading':
        return [one.text];
      case 'text':
        return ofRich(one.text);
      case 'quote':
        return one.by === null ? [one.text] : [one.text, one.by];
      case 'fields':
        return one.fields.flatMap((field) => [field.label, field.value]);
      case 'list':
        return one.items.flatMap(ofRich);
      case 'scale':
        return [...one.options.map((option) => String(option.score)), one.low, one.high];
      case 'buttons':
        return one.buttons.map((button) => button.label);
      case 'inputs':
        return [...one.inputs.flatMap((input) => [input.label, ...ofInput(input)]), one.submit];
      default:
        return [];
    }
  });
}

/** What a page reads of a field beside its label: a text area's content, and what can be chosen. */
function ofInput(input: Input): readonly string[] {
  if (input.kind === 'text') return input.multiline ? [`\n${input.value}`] : [];
  return typeof input.of === 'string' ? [] : input.of.map((option) => option.label);
}

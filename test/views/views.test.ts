import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/domain/basics.ts';
import { ACTION_TEXT_MAX, type Action, decodeAction, encodeAction } from '../../src/domain/command/action.ts';
import { SUPPRESSION_REASONS } from '../../src/domain/eligibility/reason.ts';
import { SURVEY_KINDS, scoresOf } from '../../src/domain/survey/kind.ts';
import { en } from '../../src/locales/en.ts';
import { alertView } from '../../src/views/alert.ts';
import { askedView, followUpsView, summaryView, whyView } from '../../src/views/command.ts';
import { digestView } from '../../src/views/digest.ts';
import { answeredSharedView, answeredView, promptView, reminderView } from '../../src/views/prompt.ts';
import { reasonText } from '../../src/views/reasons.ts';
import type { MessageKey, Translate } from '../../src/views/text.ts';
import type { View } from '../../src/views/view.ts';
import { pages } from './pages.ts';
import * as sample from './samples.ts';

const english = sample.texts('en');
const everyView = sample.LOCALES.flatMap((locale) =>
  Object.values(pages).flatMap((page) => page(sample.texts(locale))),
);

function actionsOf(view: View): readonly Action[] {
  return view.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'buttons':
        return block.buttons.map(({ action }) => action);
      case 'scale':
        return block.options.map(({ action }) => action);
      case 'inputs':
        return [block.action];
      default:
        return [];
    }
  });
}

describe('every view', () => {
  it('has one line that stands for the whole, and something to show', () => {
    for (const view of everyView) {
      expect(view.summary).toMatch(/^\S[^\n]*$/u);
      expect(view.blocks.length).toBeGreaterThan(0);
      expect(JSON.stringify(view)).not.toMatch(/undefined|NaN|\[object/u);
    }
  });

  it('has actions that fit through every platform and come back as they went, each once', () => {
    for (const view of everyView) {
      const texts = actionsOf(view).map(encodeAction);
      expect(new Set(texts).size).toBe(texts.length);
      for (const [i, text] of texts.entries()) {
        expect(text.length).toBeLessThanOrEqual(ACTION_TEXT_MAX);
        expect(decodeAction(text)).toEqual(actionsOf(view)[i]);
      }
    }
  });

  it('together they say every message that there is', () => {
    const said = new Set<MessageKey>();
    const real = sample.texts('en');
    const listening: Translate = Object.assign((key: MessageKey, args?: Parameters<Translate>[1]) => {
      said.add(key);
      return real(key, args);
    }, real);
    for (const page of Object.values(pages)) page(listening);
    for (const code of [...SUPPRESSION_REASONS, 'person_gone', 'unavailable', 'rate_limited', 'invalid']) {
      reasonText(listening, code);
    }
    // Said by `t.period`, `t.duration` and `t.list` themselves, or shown in the tests of figures.
    const elsewhere = /^(?:period|duration|list|verdict|difference|theme|moves)\.|^digest\.openMore$/u;
    const unsaid = Object.keys(en).filter((key) => !said.has(key as MessageKey) && !elsewhere.test(key));
    expect(unsaid).toEqual([]);
  });
});

describe('the prompt', () => {
  it.each(SURVEY_KINDS)('asks %s with every score of its scale, 0 included where there is one', (survey) => {
    const view = promptView(english, { promptId: sample.PROMPT, survey, question: null, subject: null });
    const scale = view.blocks.find((block) => block.kind === 'scale');
    expect(scale?.options.map(({ score }) => score)).toEqual(scoresOf(survey));
    expect(scale?.options.every(({ selected }) => !selected)).toBe(true);
    expect(scale?.options.at(-1)?.alt).toContain(scale?.high);
  });

  it('always offers to say no, now and for good', () => {
    for (const view of [promptView, reminderView].map((make) =>
      make(english, { promptId: sample.PROMPT, survey: 'ces', question: 'Eh?', subject: null }),
    )) {
      expect(actionsOf(view).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['decline', 'opt_out']));
    }
  });

  it('asks the workspace’s own question, cut and on one line, or the product’s when that is empty', () => {
    const ask = (question: string) =>
      promptView(english, { promptId: sample.PROMPT, survey: 'ces', question, subject: null }).summary;
    expect(ask('Was it\n\teasy?')).toBe('One quick question: Was it easy?');
    expect(ask(' \n ')).toContain('How much do you agree?');
    expect(Array.from(ask('x'.repeat(9_000))).length).toBeLessThan(350);
  });

  it('what others see of an answer is the same for every answer', () => {
    expect(JSON.stringify(answeredSharedView(english))).not.toMatch(/\d/u);
  });

  it('thanks differently for each segment, and promises a look only where a case is opened', () => {
    const thanks = [10, 8, 2].map((score) =>
      JSON.stringify(
        answeredView(english, { promptId: sample.PROMPT, survey: 'nps', score, verbatim: null, late: false })
          .blocks[0],
      ),
    );
    expect(new Set(thanks).size).toBe(3);
    expect(thanks.map((words) => words.includes('look at it'))).toEqual([false, false, true]);
  });
});

describe('an alert', () => {
  it.each(['open', 'claimed', 'closed'] as const)('of an %s case offers what may follow', (status) => {
    const kinds = actionsOf(alertView(english, sample.caseIn(status), sample.reader)).map(({ kind }) => kind);
    expect(kinds).toEqual(
      { open: ['claim', 'close'], claimed: ['close', 'take_over', 'release'], closed: ['reopen'] }[status],
    );
  });

  it('where the policy hides names, tells neither name nor id', () => {
    const hidden = { ...sample.reader, showNames: false };
    const said = [
      alertView(english, sample.caseIn('open'), hidden),
      followUpsView(english, [sample.caseIn('open')], hidden),
    ];
    expect(JSON.stringify(said)).not.toMatch(/Alice|U0ALICE/u);
  });

  it('a customer without a name is named by the outside id, and one without either not at all', () => {
    const facts = { ...sample.caseIn('open'), personName: null };
    expect(alertView(english, facts, sample.reader).summary).toContain('U0ALICE0001');
    const nobody = alertView(english, { ...facts, personExternalId: null }, sample.reader);
    expect(nobody.summary).toBe('Case #12: NPS 2 of 10');
  });

  it('turns from time left to overdue at the deadline', () => {
    const facts = sample.caseIn('open');
    const due = (now: number) => JSON.stringify(alertView(english, facts, { ...sample.reader, now }).blocks);
    expect(due(facts.followUp.dueAt - HOUR)).toContain('(in 1 hour)');
    expect(due(facts.followUp.dueAt)).toContain('(overdue by 0 minutes)');
    expect(due(facts.followUp.dueAt + HOUR)).toContain('(overdue by 1 hour)');
  });
});

describe('people’s own words', () => {
  const hostile = '<!channel> <http://x|y> @everyone\u202E\u0007 **b** {n} `c`\n\n# h \uE0000\uE001';

  it('appear only as quotes and as plain text, and never as a link', () => {
    const facts = sample.caseIn('closed');
    const view = alertView(
      english,
      {
        ...facts,
        response: { ...facts.response, verbatim: hostile },
        personName: hostile,
        account: hostile,
        agent: hostile,
        followUp: { ...facts.followUp, state: { status: 'closed', by: hostile, closedAt: 0, note: hostile } },
      },
      sample.reader,
    );
    expect(JSON.stringify(view)).not.toContain('"kind":"link"');
    expect(view.blocks).toContainEqual(expect.objectContaining({ kind: 'quote', text: hostile }));
    const lines = JSON.stringify(view.blocks.filter((block) => block.kind !== 'quote'));
    expect(lines).not.toMatch(/\\n|\\u0007|\u202E/u);
  });

  it('cannot put themselves in the place of somebody else’s name', () => {
    const facts = { ...sample.caseIn('open'), personName: '\uE0001\uE001' };
    const view = alertView(english, facts, sample.reader);
    const person = view.blocks
      .flatMap((b) => (b.kind === 'text' ? b.text : []))
      .filter((i) => typeof i !== 'string');
    expect(person.map(({ kind }) => kind).sort()).toEqual(['person', 'strong']);
  });
});

describe('/nps', () => {
  it('summary says what is not known instead of 0', () => {
    const silent = summaryView(english, [
      {
        ...sample.reportOf('nps'),
        answered: 0,
        score: null,
        low: null,
        high: null,
        positive: 0,
        neutral: 0,
        negative: 0,
        responseRate: null,
      },
    ]);
    expect(JSON.stringify(silent)).toContain('NPS: nobody answered');
    expect(JSON.stringify(silent)).not.toContain('Response rate');
  });

  it.each(SUPPRESSION_REASONS)('why explains %s in words and with its code', (reason) => {
    const state = { status: 'suppressed', reason, at: 0 } as const;
    const row = { prompt: { state, explicit: false }, survey: 'ces', closedAt: 0 } as const;
    for (const locale of sample.LOCALES) {
      const said = JSON.stringify(whyView(sample.texts(locale), { ...sample.trail, trail: [row] }));
      expect(said).toContain(reason);
      expect(said).not.toContain(sample.texts(locale)('reason.other'));
    }
  });

  it('ask says why somebody will not be asked', () => {
    const view = askedView(english, { person: 'Ann', state: 'suppressed', reason: 'opted_out' });
    expect(view.summary).toBe('Ann will not be asked: they asked not to be asked again.');
  });
});

describe('any digest', () => {
  const percent = fc.option(fc.double({ min: -120, max: 120, noNaN: true }), { nil: null });
  const count = fc.nat(5_000);
  const at = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
  const words = fc.string({ unit: 'binary', maxLength: 60 });
  const survey = fc.constantFrom(...SURVEY_KINDS);
  const three = { positive: count, neutral: count, negative: count };
  const digests = fc.record({
    from: at,
    to: at,
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns'),
    sections: fc.array(
      fc.record({
        survey,
        answered: fc.oneof(fc.nat(40), count),
        score: percent,
        low: percent,
        high: percent,
        previous: fc.record({ answered: count, score: percent }),
        difference: percent,
        z: percent,
        verdict: fc.constantFrom('nothing_to_compare', 'too_few', 'within_noise', 'real'),
        responseRate: percent,
        asked: count,
        distribution: fc.dictionary(fc.nat(10).map(String), count),
        ...three,
        sentiment: fc.record({ ...three, none: count }),
        themes: fc.array(fc.record({ theme: words, mentions: count, positive: count, negative: count }), {
          maxLength: 8,
        }),
        trend: fc.array(
          fc.record({ from: at, score: percent, low: percent, high: percent, answered: count }),
          {
            maxLength: 12,
          },
        ),
      }),
      { maxLength: 3 },
    ),
    quotes: fc.array(
      fc.record({
        responseId: fc.uuid(),
        survey,
        score: fc.nat(10),
        words,
        by: fc.option(words, { nil: null }),
      }),
      { maxLength: 5 },
    ),
    open: fc.array(
      fc.record({
        number: count,
        status: fc.constantFrom('open', 'claimed', 'closed'),
        openedAt: at,
        dueAt: at,
        owner: fc.option(words, { nil: null }),
      }),
      { maxLength: 5 },
    ),
    coverage: fc.record({ asked: count, skipped: fc.dictionary(words, count, { maxKeys: 5 }) }),
    corrections: fc.array(
      fc.record({
        survey,
        from: at,
        to: at,
        before: fc.record({ answered: count, score: percent }),
        after: fc.record({ answered: count, score: percent }),
      }),
      { maxLength: 3 },
    ),
  });

  it('can be shown in every language', () => {
    fc.assert(
      fc.property(digests, fc.constantFrom(...sample.LOCALES), (digest, locale) => {
        const view = digestView(sample.texts(locale), digest as Parameters<typeof digestView>[1]);
        expect(view.summary.trim()).not.toBe('');
        expect(JSON.stringify(view)).not.toMatch(/undefined|NaN|Infinity|\[object/u);
        for (const block of view.blocks) {
          if (block.kind !== 'image') continue;
          expect(block.alt).toBe(block.chart.alt);
          for (const { low, high } of block.chart.points) {
            expect(low ?? block.chart.scale.min).toBeGreaterThanOrEqual(block.chart.scale.min);
            expect(high ?? block.chart.scale.max).toBeLessThanOrEqual(block.chart.scale.max);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lists ten open cases and counts the rest', () => {
    const open = Array.from({ length: 13 }, (_, i) => ({ ...sample.fullDigest.open[0]!, number: i + 1 }));
    const said = JSON.stringify(digestView(english, { ...sample.fullDigest, open }));
    expect(said).toContain('13 cases wait');
    expect(said).toContain('#10 ·');
    expect(said).not.toContain('#11 ·');
    expect(said).toContain('and 3 more: /nps open');
  });

  it('tells of a whole quarter in an alt text that Discord takes (1,024 characters)', () => {
    const point = { score: -38.25, low: -61.2, high: -12.3, answered: 1_234 };
    const trend = Array.from({ length: 12 }, (_, i) => ({ ...point, from: sample.NOW - i * 7 * DAY }));
    for (const locale of sample.LOCALES) {
      const section = { ...sample.fullDigest.sections[0]!, trend };
      const view = digestView(sample.texts(locale), { ...sample.fullDigest, sections: [section] });
      const image = view.blocks.find((block) => block.kind === 'image');
      expect(image?.alt.length).toBeLessThanOrEqual(1_024);
      expect(image?.alt).toContain('-38');
    }
  });
});

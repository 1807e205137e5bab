// Every page in every language fits where people read it: nothing is cut, on no platform, and each platform takes it as it is.
import { describe, expect, it } from 'vitest';
import * as discord from '../../adapters/discord/render/index.ts';
import { fileName, formOf } from '../../adapters/discord/render/index.ts';
import * as slack from '../../adapters/slack/render/index.ts';
import type { Block, View } from '../../src/views/view.ts';
import { pages } from '../views/pages.ts';
import * as sample from '../views/samples.ts';
import * as asDiscord from './discord/shown.ts';
import * as asSlack from './slack/blocks.ts';

/** The least that any platform takes: Slack's buttons, options and screen readers' words 75, its modals' titles and submit buttons 24; Discord's labels 45. */
const MOST = {
  button: 75,
  alt: 75,
  title: 24,
  submit: 24,
  label: 45,
  option: 75,
  heading: 150,
  image: 1_024,
};

function lengths(block: Block): readonly (readonly [where: keyof typeof MOST, text: string])[] {
  switch (block.kind) {
    case 'heading':
      return [['heading', block.text]];
    case 'scale':
      return block.options.map(({ alt }) => ['alt', alt] as const);
    case 'buttons':
      return block.buttons.map(({ label }) => ['button', label] as const);
    case 'inputs':
      return [
        ['title', block.title],
        ['button', block.title],
        ['submit', block.submit],
        ...block.inputs.map(({ label }) => ['label', label] as const),
        ...block.inputs.flatMap((input) =>
          input.kind === 'pick' && typeof input.of !== 'string'
            ? input.of.map(({ label }) => ['option', label] as const)
            : [],
        ),
      ];
    case 'image':
      return [['image', block.alt]];
    default:
      return [];
  }
}

/** What was left out, and what was said in between: a scale's ends stand on both sides of one. */
const ellipses = (shown: unknown): number => JSON.stringify(shown).split('…').length - 1;
const expected = (view: View): number => {
  const said = { ...view, blocks: view.blocks.map((one) => (one.kind === 'image' ? one.alt : one)) };
  return ellipses(said) + view.blocks.filter(({ kind }) => kind === 'scale').length;
};

const GUILD = '1099000000000000001';

describe.each(sample.LOCALES)('in %s', (locale) => {
  const views = Object.entries(pages).flatMap(([name, page]) =>
    page(sample.texts(locale)).map((view) => [name, view] as const),
  );

  it('given any page, when its texts are measured, then each fits the narrowest place', () => {
    for (const [name, view] of views)
      for (const [where, text] of view.blocks.flatMap(lengths))
        expect(text.length, `${name}, ${where}: ${text}`).toBeLessThanOrEqual(MOST[where]);
  });

  it('given any page, when Slack shows it, then it takes it and nothing is left out', () => {
    for (const [name, view] of views) {
      const images = new Map(
        view.blocks.flatMap((one) => (one.kind === 'image' ? [[one.chart, 'F0CHART0001'] as const] : [])),
      );
      if (view.blocks.some(({ kind }) => kind === 'inputs')) {
        const modal = slack.renderModal(view, { privateMetadata: 'm-1' });
        asSlack.checkView(modal, 'modal');
        // The summary stands behind a modal, not in it.
        expect(ellipses(modal), name).toBe(expected({ ...view, summary: '' }));
      } else {
        const message = slack.renderMessage(view, { key: 'k-1', images });
        asSlack.checkMessage(message.blocks);
        expect(ellipses(message), name).toBe(expected(view));
      }
    }
  });

  it('given any page, when Discord shows it, then it takes it and nothing is left out', () => {
    for (const [name, view] of views) {
      const images = new Map(
        view.blocks.flatMap((one, i) =>
          one.kind === 'image' ? [[one.chart, fileName(i, `digest-${sample.PROMPT}`)] as const] : [],
        ),
      );
      if (formOf(view)) {
        const modal = discord.renderModal(view, { guild: GUILD });
        asDiscord.checkModal(modal);
        // The buttons below are Discord's own.
        expect(ellipses(modal), name).toBe(expected({ ...view, summary: '' }));
      } else {
        const message = discord.renderMessage(view, { guild: GUILD, key: `digest-${sample.PROMPT}`, images });
        asDiscord.checkMessage(message);
        const told = message.embeds.length > 0 ? view : { ...view, summary: '' };
        expect(ellipses(message), name).toBe(expected(told));
      }
    }
  });
});

// Every reason for a skip is told in plain words and with its code, in every language.
import { describe, expect, it } from 'vitest';
import { SUPPRESSION_REASONS } from '../../src/domain/eligibility/reason.ts';
import type { Prompt } from '../../src/domain/prompt/prompt.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import { renderText } from '../../src/views/plain-text.ts';
import { whyView } from '../../src/views/why.ts';
import * as sample from './samples.ts';

describe.each(Object.keys(MESSAGES))('in %s', (locale) => {
  const t = sample.texts(locale);
  const told = (state: Prompt['state']) =>
    renderText(
      whyView(t, {
        ...sample.trail,
        trail: [{ prompt: { state, explicit: false }, survey: 'nps', closedAt: Date.UTC(2026, 10, 20) }],
      }),
      { width: 500 },
    );

  it.each(SUPPRESSION_REASONS)('why says %s in words of its own, and its code', (reason) => {
    const at = Date.UTC(2026, 10, 20);
    const said = told({ status: 'suppressed', reason, at });
    expect(said).toContain(`${reason}`);
    expect(said).toContain(t(`reason.${reason}`));
    expect(t(`reason.${reason}`)).not.toBe(t('reason.other'));
    const others = SUPPRESSION_REASONS.filter((other) => other !== reason);
    expect(others.map((other) => t(`reason.${other}`))).not.toContain(t(`reason.${reason}`));
  });
});

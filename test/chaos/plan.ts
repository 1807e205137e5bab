// What will happen in a run, all of it drawn from one seed: who is helped when, what they will answer, which digests fall due, and when
// something is killed. The same seed is the same plan; what the machine makes of it is not.
import type { Random } from '../../src/demo/random.ts';
import { SCALES, SURVEY_KINDS, type SurveyKind } from '../../src/domain/survey/kind.ts';

/** Something that a customer says, and says again until it is acknowledged or they lose patience. */
export interface Saying {
  readonly score: number;
  readonly verbatim: string;
  /** How often they press before they give up. */
  readonly patience: number;
  /** How long after the prompt was seen, or after the answer before, in ms. */
  readonly after: number;
}

export interface Helped {
  readonly externalId: string;
  /** When the helpdesk tells of it, in ms of uptime. */
  readonly at: number;
  readonly person: string;
  readonly thread: string | null;
  readonly survey: SurveyKind | null;
  readonly locale: string;
  /** Closed by inactivity: must not be asked. */
  readonly eligible: boolean;
  /** The helpdesk delivers it once more, although it was acknowledged. */
  readonly redelivered: boolean;
  readonly sayings: readonly Saying[];
}

export function planHelp(random: Random, count: number, during: number): readonly Helped[] {
  return Array.from({ length: count }, (_, n): Helped => {
    const survey = random.chance(0.2) ? null : random.pick(SURVEY_KINDS);
    const answers = random.chance(0.12) ? 0 : random.chance(0.3) ? 2 : 1;
    // Every fifth person comes more than once, each time in another conversation.
    const regular = random.chance(0.2);
    return {
      externalId: `T-${n}`,
      at: random.next() * during,
      person: regular ? `regular-${Math.floor(random.next() * 10)}` : `customer-${n}`,
      thread: regular || random.chance(0.5) ? `talk-${n}` : null,
      survey,
      locale: random.chance(0.3) ? 'zh' : 'en',
      eligible: !random.chance(0.04),
      redelivered: random.chance(0.1),
      // Where the product chooses the survey, a score that every scale has.
      sayings: Array.from({ length: answers }, (_, i) => ({
        score: survey === null ? 1 + Math.floor(random.next() * 5) : scoreOf(random, survey),
        verbatim: `the ${i === 0 ? 'first' : 'second'} words of ${n}`,
        patience: random.chance(0.75) ? Number.POSITIVE_INFINITY : 1,
        after: random.between(50, 2_000),
      })),
    };
  }).sort((a, b) => a.at - b.at);
}

function scoreOf(random: Random, survey: SurveyKind): number {
  const { min, max } = SCALES[survey];
  return min + Math.floor(random.next() * (max - min + 1));
}

export interface Kill {
  /** In ms of uptime. */
  readonly at: number;
  /** Not then, but so long after the start that followed the kill before: while it still starts. Else null. */
  readonly afterStart: number | null;
}

/** Every sixth or so hits the process that was killed before, while it starts. */
export function planKills(random: Random, count: number, during: number): readonly Kill[] {
  return planMoments(random, count, during).map((at, i) => ({
    at,
    afterStart: i > 0 && random.chance(1 / 6) ? random.between(0, 2_500) : null,
  }));
}

/** Moments within `during`, in order. */
export function planMoments(random: Random, count: number, during: number): readonly number[] {
  return Array.from({ length: count }, () => random.next() * during).sort((a, b) => a - b);
}

// What many comments have in common, in a few sentences of a larger model that are held to the comments: each names those it is of, of several people,
// and brings no figure, address or mention of its own.
import type { Id } from '../basics.ts';
import type { SummaryPoint } from './digest.ts';
import { maskPersonalData, type QuoteCandidate } from './quotes.ts';

/** A sentence as a larger model wrote it, and the places of the comments that it is of. */
export interface DraftPoint {
  readonly text: string;
  readonly of: readonly number[];
}

export interface SummarisedComment {
  readonly responseId: Id;
  readonly personId: Id;
  /** As it was shown to the model. */
  readonly text: string;
}

/** What is shown of many: the newest. */
const MOST_COMMENTS = 60;
/** Fewer are read sooner than a summary of them. */
const FEWEST_COMMENTS = 5;
const MOST_POINTS = 4;
const LONGEST_POINT = 240;
/** What one person says is a quote. */
const FEWEST_PEOPLE = 2;
const FEWEST_LETTERS = 4;

/** The comments to summarise, the newest first; none where there are too few, or too few people among whom one could be recognised. */
export function toSummarise(
  sections: readonly { readonly people: number; readonly candidates: readonly QuoteCandidate[] }[],
  minimumPeople: number,
): readonly QuoteCandidate[] {
  const found = sections
    .flatMap(({ people, candidates }) => (people < minimumPeople ? [] : candidates))
    .filter(({ words }) => (words.match(/\p{L}/gu) ?? []).length >= FEWEST_LETTERS)
    .sort((a, b) => b.answeredAt - a.answeredAt || (a.responseId < b.responseId ? -1 : 1))
    .slice(0, MOST_COMMENTS);
  const enough = found.length >= FEWEST_COMMENTS && peopleOf(found) >= FEWEST_PEOPLE;
  return enough ? found : [];
}

/** The points that hold, in their order. */
export function pointsFrom(
  drafts: readonly DraftPoint[],
  comments: readonly SummarisedComment[],
): readonly SummaryPoint[] {
  const points = new Map<string, SummaryPoint>();
  for (const draft of drafts) {
    const of = [...new Set(draft.of)].flatMap((place) => comments[place] ?? []);
    const text = maskPersonalData(draft.text.replace(/[\p{C}\s]+/gu, ' ').trim());
    if (peopleOf(of) < FEWEST_PEOPLE || !isPlain(text) || !isTold(text, of)) continue;
    if (!points.has(text)) points.set(text, { text, responseIds: of.map(({ responseId }) => responseId) });
  }
  return [...points.values()].slice(0, MOST_POINTS);
}

function peopleOf(comments: readonly { readonly personId: Id }[]): number {
  return new Set(comments.map(({ personId }) => personId)).size;
}

/** One sentence, without anything to press or to call somebody by. */
function isPlain(text: string): boolean {
  return (
    /\p{L}/u.test(text) && text.length <= LONGEST_POINT && !/[@＠<>[\]]|:\/\/|\p{L}\.\p{L}{2}/u.test(text)
  );
}

/** Every figure in it is one that the comments name. */
function isTold(text: string, of: readonly SummarisedComment[]): boolean {
  const figures = (words: string) => words.normalize('NFKC').match(/\p{N}+/gu) ?? [];
  const known = new Set(of.flatMap((comment) => figures(comment.text)));
  return figures(text).every((figure) => known.has(figure));
}

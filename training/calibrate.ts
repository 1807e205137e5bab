// How far the shares must be drawn together, for each language, so that of what is said with a confidence of 0.7 seven in ten are right.
import { oddsOfGist, toShares } from '../src/domain/classification/gist.ts';
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Layer } from '../src/domain/classification/model.ts';
import type { Gist } from './combine.ts';

export function calibrated(gists: readonly Gist[], layer: Layer): number[] {
  const byPeople = gists.filter((gist) => isForeign(gist) && gist.source !== 'xed');
  return [...LANGUAGES, 'any'].map((_, language) => {
    const some = gists.filter(
      (gist) => isForeign(gist) && (language === LANGUAGES.length || gist.language === language),
    );
    const foreign = some.length < FEW ? byPeople : some;
    let best = LEAST;
    let least = Infinity;
    for (let temperature = LEAST; temperature <= MOST; temperature += 0.05) {
      const loss = lossOf(foreign, layer, temperature);
      if (loss >= least) continue;
      least = loss;
      best = temperature;
    }
    return Math.round(best * 100) / 100;
  });
}

/**
 * What customers write is less like our own comments than these are like each other, so that confidence is fitted on what others wrote, in the
 * corpora, as these have it. Where they were labelled by machine they ask for too much doubt, and corpora of one kind for too little: hence bounds.
 */
const LEAST = 1.25;
const MOST = 2.2;

/** With fewer, those of all languages that people labelled are asked. */
const FEW = 200;

function isForeign({ source }: Gist): boolean {
  return !source.startsWith('ours/') && source !== 'own';
}

function lossOf(gists: readonly Gist[], layer: Layer, temperature: number): number {
  const shares = new Float64Array(3);
  let loss = 0;
  for (let i = 0; i < gists.length; i++) {
    const { values, told, weight } = gists[i]!;
    oddsOfGist(shares, values, layer);
    toShares(shares, temperature);
    loss -= weight * Math.log(Math.max(1e-9, shares[told]!));
  }
  return loss;
}

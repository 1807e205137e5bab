// How far the shares must be drawn together, for each language, so that of what is said with a confidence of 0.7 seven in ten are right.
import { oddsOfGist, toShares } from '../src/domain/classification/gist.ts';
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Layer } from '../src/domain/classification/model.ts';
import type { Gist } from './combine.ts';

export function calibrated(gists: readonly Gist[], layer: Layer): number[] {
  return [...LANGUAGES, 'any'].map((_, language) => {
    const own = language === LANGUAGES.length ? gists : gists.filter((gist) => gist.language === language);
    const strange = unfamiliar(own, layer);
    let best = 1;
    let least = Infinity;
    for (let temperature = 0.7; temperature <= 3; temperature += 0.05) {
      const loss = lossOf(strange, layer, temperature);
      if (loss >= least) continue;
      least = loss;
      best = temperature;
    }
    return Math.round(best * 100) / 100;
  });
}

/**
 * A third of the rows: those of the topics that are read worst. What customers write is less like our own comments than these are like each other, so
 * that confidence is fitted on what is strange even here.
 */
function unfamiliar(gists: readonly Gist[], layer: Layer): Gist[] {
  const topics = new Map<string, Gist[]>();
  for (const gist of gists) {
    const name = `${gist.language} ${gist.source}`;
    const topic = topics.get(name);
    if (topic === undefined) topics.set(name, [gist]);
    else topic.push(gist);
  }
  const ranked = [...topics.values()]
    .map((rows) => ({
      rows,
      loss: lossOf(rows, layer, 1) / rows.reduce((sum, { weight }) => sum + weight, 0),
    }))
    .sort((a, b) => b.loss - a.loss);
  const taken: Gist[] = [];
  for (const { rows } of ranked) {
    if (taken.length >= gists.length / 3) break;
    taken.push(...rows);
  }
  return taken;
}

function lossOf(gists: readonly Gist[], layer: Layer, temperature: number): number {
  const shares = new Float64Array(3);
  let loss = 0;
  for (let i = 0; i < gists.length; i++) {
    const { values, label, weight } = gists[i]!;
    oddsOfGist(shares, values, layer);
    toShares(shares, temperature);
    loss -= weight * Math.log(Math.max(1e-9, shares[label]!));
  }
  return loss;
}

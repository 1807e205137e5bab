// Other classifiers from the package registry, each as a function from a text to a place in LABELS, with the thresholds that they document.

import { containerBootstrap } from '@nlpjs/core';
import { LangZh } from '@nlpjs/lang-zh';
import { SentimentAnalyzer } from '@nlpjs/sentiment';
import Sentiment from 'sentiment';
import { SentimentIntensityAnalyzer } from 'vader-sentiment';
import winkSentiment from 'wink-sentiment';
import type { Language } from '../src/domain/classification/languages.ts';

export interface Peer {
  readonly name: string;
  readonly language: Language;
  readonly read: (text: string) => number | Promise<number>;
}

const placeOf = (score: number) => (score > 0 ? 2 : score < 0 ? 0 : 1);

export async function peers(): Promise<Peer[]> {
  const sentiment = new Sentiment();
  const container = await containerBootstrap();
  container.use(LangZh);
  const nlp = new SentimentAnalyzer({ container });
  return [
    { name: 'wink-sentiment', language: 'en', read: (text) => placeOf(winkSentiment(text).score) },
    { name: 'sentiment', language: 'en', read: (text) => placeOf(sentiment.analyze(text).score) },
    {
      name: 'vader-sentiment',
      language: 'en',
      read: (text) => {
        const { compound } = SentimentIntensityAnalyzer.polarity_scores(text);
        return compound >= 0.05 ? 2 : compound <= -0.05 ? 0 : 1;
      },
    },
    {
      name: '@nlpjs/sentiment',
      language: 'zh',
      read: async (text) => placeOf((await nlp.process({ utterance: text, locale: 'zh' })).sentiment.score),
    },
  ];
}

// The packages that the model is measured against say nothing of their types.
declare module 'sentiment' {
  export default class Sentiment {
    analyze(text: string): { readonly score: number; readonly comparative: number };
  }
}
declare module 'wink-sentiment' {
  export default function winkSentiment(text: string): {
    readonly score: number;
    readonly normalizedScore: number;
  };
}
declare module 'vader-sentiment' {
  export const SentimentIntensityAnalyzer: {
    polarity_scores(text: string): { readonly compound: number };
  };
}
declare module '@nlpjs/core' {
  export interface Container {
    use(plugin: unknown): void;
  }
  export function containerBootstrap(): Promise<Container>;
}
declare module '@nlpjs/lang-zh' {
  export const LangZh: unknown;
}
declare module '@nlpjs/sentiment' {
  export class SentimentAnalyzer {
    constructor(settings: { readonly container: unknown });
    process(input: {
      readonly utterance: string;
      readonly locale: string;
    }): Promise<{ readonly sentiment: { readonly score: number } }>;
  }
}

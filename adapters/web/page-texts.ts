// What the page says in each of its languages.
export const PAGE_LANGUAGES = ['en', 'zh-CN', 'es', 'de', 'fr', 'ja', 'pt-BR'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export interface PageTexts {
  readonly lang: PageLanguage;
  /** What the language calls itself. */
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  readonly customerPane: string;
  readonly teamPane: string;
  readonly customerHint: string;
  readonly teamHint: string;
  readonly teamEmpty: string;
  readonly messageLabel: string;
  readonly commandLabel: string;
  readonly tryThese: string;
  /** What the team may type at once; `{person}` is the customer on the left. */
  readonly commands: readonly string[];
  readonly send: string;
  readonly run: string;
  readonly solved: string;
  readonly newConversation: string;
  readonly atOnce: string;
  readonly you: string;
  readonly support: string;
  /** Of whoever is support, in a small circle. */
  readonly initial: string;
  readonly bot: string;
  readonly onlyYou: string;
  readonly back: string;
  readonly greeting: string;
  readonly closed: string;
  readonly offline: string;
  readonly online: string;
  readonly failed: string;
  readonly language: string;
}

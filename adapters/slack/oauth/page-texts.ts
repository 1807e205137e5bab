// What the pages around installing say, in each of their languages.
export type PageName = 'installed' | 'declined' | 'stale' | 'failed' | 'away' | 'missing';

interface PageText {
  readonly title: string;
  readonly body: string;
}

export interface OAuthTexts {
  readonly lang: 'en' | 'zh-CN' | 'es' | 'de' | 'fr' | 'ja' | 'pt-BR';
  readonly pages: Readonly<Record<PageName, PageText>>;
  readonly again: string;
  readonly open: string;
}

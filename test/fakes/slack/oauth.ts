// What a person's consent leaves behind: a code that can be exchanged once, within ten minutes.
export interface Grant {
  readonly teamId: string | null;
  readonly enterpriseId: string | null;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string | null;
  readonly at: number;
  used: boolean;
}

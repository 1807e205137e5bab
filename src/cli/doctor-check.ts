// One thing that `afterword doctor` looked at.
export interface Check {
  readonly name: string;
  /** `attention`: it works, but somebody should look. */
  readonly status: 'ok' | 'attention' | 'wrong';
  readonly detail: string;
  readonly remedy: string | null;
}

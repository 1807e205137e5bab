// Whether something outside answers, and if not, what to do about it.

export type Health =
  | { readonly ok: true; readonly detail: string }
  | { readonly ok: false; readonly detail: string; readonly remedy: string };

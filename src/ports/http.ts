// What an adapter offers to the one HTTP server: a part of the address space, in the terms of the fetch standard, with raw bodies.

export interface HttpMount {
  /** Every path that begins with it: `/slack/`. The longest prefix wins. */
  readonly prefix: string;
  handle(request: Request): Response | Promise<Response>;
}

// Modals and home tabs: a stack of three modals on a person's screen, one home for each app.
import { randomBytes } from 'node:crypto';
import { SlackError } from './errors.ts';
import type { Slack } from './slack.ts';
import type { Block, Json, View } from './types.ts';
import { initialValues } from './values.ts';

const DEEPEST = 3;

export class Views {
  readonly #slack: Slack;
  readonly #screens = new Map<string, View[]>();
  readonly #homes = new Map<string, View>();

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  /** What is open in front of somebody, the topmost last. */
  screen(userId: string): readonly View[] {
    return this.#screens.get(userId) ?? [];
  }

  home(userId: string): View | null {
    return this.#homes.get(userId) ?? null;
  }

  open(teamId: string, userId: string, content: Json): View {
    const view = this.#make(teamId, userId, 'modal', content, null);
    for (const under of this.screen(userId)) under.closed = true;
    this.#screens.set(userId, [view]);
    return view;
  }

  push(teamId: string, userId: string, content: Json): View {
    const stack = this.#screens.get(userId) ?? [];
    const top = stack.at(-1);
    if (!top) throw new SlackError('not_found');
    if (stack.length >= DEEPEST) throw new SlackError('push_limit_reached');
    const view = this.#make(teamId, userId, 'modal', content, top);
    this.#screens.set(userId, [...stack, view]);
    return view;
  }

  publish(teamId: string, userId: string, content: Json, hash: string | null): View {
    const before = this.#homes.get(userId);
    if (before) {
      this.#replace(before, content, hash);
      return before;
    }
    const view = this.#make(teamId, userId, 'home', content, null);
    this.#homes.set(userId, view);
    return view;
  }

  update(view: View, content: Json, hash: string | null): void {
    if (view.closed) throw new SlackError('not_found');
    this.#replace(view, content, hash);
  }

  find(id: string | null, externalId: string | null): View {
    const found = id
      ? this.#slack.world.views.get(id)
      : [...this.#slack.world.views.values()].find(
          (view) => !view.closed && view.content['external_id'] === externalId,
        );
    if (!found || found.closed) throw new SlackError('not_found');
    return found;
  }

  /** Takes the topmost away, or all. */
  close(view: View, all: boolean): void {
    const stack = this.#screens.get(view.userId) ?? [];
    const gone = all ? stack : stack.slice(stack.indexOf(view));
    for (const each of gone) each.closed = true;
    this.#screens.set(
      view.userId,
      stack.filter((each) => !each.closed),
    );
  }

  #make(teamId: string, userId: string, type: View['type'], content: Json, under: View | null): View {
    const { ids, world } = this.#slack;
    this.#uniqueExternalId(content, null);
    const id = ids.next('V');
    const view: View = {
      id,
      teamId,
      userId,
      type,
      content,
      blocks: content['blocks'] as Block[],
      hash: this.#hash(),
      rootId: under?.rootId ?? id,
      previousId: under?.id ?? null,
      values: initialValues(content['blocks'] as Block[]),
      errors: {},
      closed: false,
    };
    world.views.set(id, view);
    return view;
  }

  /** What somebody typed stays as long as its block and element keep their names. */
  #replace(view: View, content: Json, hash: string | null): void {
    if (hash !== null && hash !== view.hash) throw new SlackError('hash_conflict');
    this.#uniqueExternalId(content, view);
    const blocks = content['blocks'] as Block[];
    const fresh = initialValues(blocks);
    for (const [block, elements] of Object.entries(fresh))
      for (const element of Object.keys(elements)) {
        const kept = view.values[block]?.[element];
        if (kept) elements[element] = kept;
      }
    Object.assign(view, { content, blocks, values: fresh, errors: {}, hash: this.#hash() });
  }

  #uniqueExternalId(content: Json, except: View | null): void {
    const id = content['external_id'];
    if (typeof id !== 'string' || id === '') return;
    for (const view of this.#slack.world.views.values())
      if (view !== except && !view.closed && view.content['external_id'] === id)
        throw new SlackError('duplicate_external_id');
  }

  #hash(): string {
    return `${Math.floor(this.#slack.clock.now() / 1000)}.${randomBytes(6).toString('base64url')}`;
  }
}

// A store, a platform outside and a clock, on which processes are born and killed one after another.

import { v7 as newId } from 'uuid';
import type { Database } from '../../adapters/postgres/database.ts';
import { createCodes } from '../../adapters/secrets/codes.ts';
import { createContext } from '../../src/compose.ts';
import type { Id, Instant } from '../../src/domain/basics.ts';
import type { Prompt } from '../../src/domain/prompt/prompt.ts';
import type { IdentityRef } from '../../src/domain/trigger/interaction.ts';
import type { Context } from '../../src/handlers/context.ts';
import { onTriggers, type TriggerOutcome } from '../../src/handlers/on-trigger.ts';
import { perform } from '../../src/handlers/perform.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { storeUnderTest } from '../adapters/postgres/store-under-test.ts';
import { NOW } from '../contracts/store/world.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { Guillotine } from './guillotine.ts';
import { type Abilities, Outside } from './outside.ts';

const PLATFORM = 'outside';
const NEVER = Number.POSITIVE_INFINITY;

export interface Process {
  readonly ctx: Context;
  readonly guillotine: Guillotine;
  /** Does whatever is due, until nothing is any more; tells how that ended. */
  live(): Promise<'done' | 'killed'>;
}

export class Stage {
  readonly store: Store;
  readonly workspaceId: Id;
  readonly outside: Outside;
  readonly #database: Database;
  now: Instant = NOW;

  private constructor(database: Database, store: Store, workspaceId: Id, outside: Outside) {
    this.#database = database;
    this.store = store;
    this.workspaceId = workspaceId;
    this.outside = outside;
  }

  /** A workspace of its own, with one installation of the platform. */
  static async set(database: Database, abilities: Abilities): Promise<Stage> {
    const { store, newWorkspace } = storeUnderTest(database);
    const workspaceId = await newWorkspace();
    const stage = new Stage(database, store, workspaceId, new Outside(abilities));
    await store.admin.ensureInstallation({
      id: newId(),
      workspaceId,
      ...stage.place,
      externalId: stage.place.installation,
      name: 'Outside',
      active: true,
      installer: null,
      installedAt: NOW,
    });
    return stage;
  }

  get place() {
    return { platform: PLATFORM, installation: this.workspaceId } as const;
  }

  get customer(): IdentityRef {
    return { ...this.place, externalId: 'alice' };
  }

  /** A process that is killed at its `killedAt`-th step; without it lives on. */
  process(killedAt: number = NEVER): Process {
    const guillotine = new Guillotine(killedAt);
    const ctx = createContext({
      store: guillotine.store(this.store),
      queue: { wake: async () => undefined },
      clock: { now: () => this.now },
      ids: { next: newId },
      codes: createCodes(),
      log: recordedLog().log,
      defaultLocale: 'en',
      platforms: () => [this.outside.platform(PLATFORM, guillotine)],
    });
    const work = async (): Promise<'done'> => {
      for (;;) {
        const due = await this.due();
        if (due.length === 0) return 'done';
        for (const workId of due) await perform(ctx, workId);
      }
    };
    return { ctx, guillotine, live: () => Promise.race([guillotine.fallen, work()]) };
  }

  /** Somebody was helped, and is to be asked now. */
  async help(ctx: Context): Promise<TriggerOutcome> {
    const [outcome] = await onTriggers(ctx, this.workspaceId, [
      {
        source: 'test',
        externalId: newId(),
        place: { ...this.place, channel: null, thread: null },
        person: this.customer,
        profile: {},
        customer: null,
        agent: null,
        account: null,
        subject: null,
        locale: 'en',
        closedAt: this.now,
        closedBy: 'person',
        survey: 'nps',
        explicit: false,
        delay: 0,
      },
    ]);
    return outcome!;
  }

  async prompt(promptId: Id): Promise<Prompt> {
    return (await this.store.transaction(this.workspaceId, (tx) => tx.prompts.find(promptId)))!;
  }

  /** Kinds of work that is not done, due or not, and whether it is dead. */
  async work(): Promise<readonly string[]> {
    const { rows } = await this.#database.pool.query<{ what: string }>(
      `SELECT kind || CASE status WHEN 'dead' THEN ' (dead)' ELSE '' END AS what FROM work WHERE workspace_id = $1 ORDER BY 1`,
      [this.workspaceId],
    );
    return rows.map(({ what }) => what);
  }

  /** As the sweeper sees it, but of this stage alone. */
  async due(): Promise<readonly Id[]> {
    const { rows } = await this.#database.pool.query<{ id: Id }>(
      `SELECT id FROM work WHERE workspace_id = $1 AND status = 'pending' AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY due_at`,
      [this.workspaceId, new Date(this.now)],
    );
    return rows.map(({ id }) => id);
  }
}

// A workspace on a real store, with the real web platform and a scripted one, in a time that the test sets. Work is done as it falls due.
import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Database } from '../../adapters/postgres/database.ts';
import { createCodes } from '../../adapters/secrets/codes.ts';
import { createTokens } from '../../adapters/secrets/index.ts';
import { createWeb, type Web } from '../../adapters/web/index.ts';
import { createContext } from '../../src/compose.ts';
import type { Duration, Id, Instant } from '../../src/domain/basics.ts';
import { formatClock } from '../../src/domain/calendar.ts';
import type { Action } from '../../src/domain/command/action.ts';
import type { Schedule } from '../../src/domain/digest/schedule.ts';
import type { Prompt } from '../../src/domain/prompt/prompt.ts';
import type { Response } from '../../src/domain/response/response.ts';
import type { SurveyKind } from '../../src/domain/survey/kind.ts';
import type { SurveyPolicy } from '../../src/domain/survey/policy.ts';
import type { WorkspaceSettings } from '../../src/domain/survey/settings.ts';
import type { IdentityRef, InteractionClosed, Profile } from '../../src/domain/trigger/interaction.ts';
import { createApi } from '../../src/handlers/api.ts';
import type { Classify, Context } from '../../src/handlers/context.ts';
import { createInbound } from '../../src/handlers/inbound.ts';
import { setSchedule } from '../../src/handlers/install.ts';
import { onTriggers, type TriggerOutcome } from '../../src/handlers/on-trigger.ts';
import { perform } from '../../src/handlers/perform.ts';
import type { Api } from '../../src/ports/api.ts';
import type { LargerModel } from '../../src/ports/larger-model.ts';
import type {
  Actor,
  Capabilities,
  Inbound,
  InboundEvent,
  InboundOutcome,
  Where,
} from '../../src/ports/platform.ts';
import type { Installation } from '../../src/ports/store/administration.ts';
import type { FollowUpDossier } from '../../src/ports/store/follow-ups.ts';
import type { Store, StoreTx } from '../../src/ports/store/index.ts';
import { renderText } from '../../src/views/plain-text.ts';
import type { View } from '../../src/views/view.ts';
import { storeUnderTest } from '../adapters/postgres/store-under-test.ts';
import { type LogLine, recordedLog } from '../support/recorded-log.ts';
import { ScriptedPlatform, type Shown } from '../support/scripted-platform.ts';

/** A Wednesday at noon. */
export const NOON: Instant = Date.UTC(2026, 2, 4, 12, 0, 0);

export const WEB = { platform: 'web', installation: 'local' } as const;
export const CHAT = { platform: 'chat', installation: 'T1' } as const;

export interface HouseOptions {
  readonly now?: Instant;
  readonly zone?: string;
  /** Of the scripted platform. */
  readonly capabilities?: Partial<Capabilities>;
  readonly classify?: Classify;
  readonly larger?: LargerModel;
  /** Replaces parts of the store. */
  readonly store?: (store: Store) => Store;
}

export class House {
  readonly database: Database;
  readonly store: Store;
  readonly workspaceId: Id;
  readonly ctx: Context;
  readonly chat: ScriptedPlatform;
  readonly web: Web;
  readonly log: readonly LogLine[];
  readonly tokens = createTokens([randomBytes(32)]);
  readonly api: Api;
  /** With a deadline that never comes. */
  readonly inbound: Inbound;
  now: Instant;

  private constructor(database: Database, workspaceId: Id, store: Store, options: HouseOptions) {
    this.database = database;
    this.workspaceId = workspaceId;
    this.store = options.store ? options.store(store) : store;
    this.now = options.now ?? NOON;
    this.chat = new ScriptedPlatform(CHAT.platform, options.capabilities);
    const { log, lines } = recordedLog();
    this.log = lines;
    let web: Web | undefined;
    this.ctx = createContext({
      store: this.store,
      queue: { wake: async () => undefined },
      clock: { now: () => this.now },
      ids: { next: newId },
      log,
      defaultLocale: 'en',
      ...(options.classify ? { classify: options.classify } : {}),
      larger: options.larger ?? null,
      codes: createCodes(),
      platforms: (deskOf) => {
        web = createWeb({
          mailbox: this.store.mailbox,
          workspaceOf: async (installation) => (await deskOf('web')(installation))?.workspaceId ?? null,
          now: () => this.now,
          charts: { svg: () => '', png: async () => new Uint8Array() },
          log,
        });
        return [web.platform, this.chat];
      },
    });
    this.web = web!;
    this.inbound = createInbound(this.ctx, () => ({ done: new Promise(() => undefined), cancel: () => {} }));
    const queue = { name: 'none', health: async () => ({ ok: true, detail: 'none' }) as const };
    this.api = createApi(this.ctx, queue, this.tokens, (_ms, work) => work);
  }

  /** A workspace of its own with an installation of each platform; nothing is left to be done for those of other tests. */
  static async build(database: Database, options: HouseOptions = {}): Promise<House> {
    // Much quicker than to empty every table.
    await database.pool.query(
      `WITH a AS (DELETE FROM installations), b AS (DELETE FROM work), c AS (DELETE FROM seen_events) DELETE FROM leases`,
    );
    return await House.beside(database, options);
  }

  /** Another workspace in the same store. */
  static async beside(database: Database, options: HouseOptions = {}): Promise<House> {
    const { store, newWorkspace } = storeUnderTest(database);
    const house = new House(database, await newWorkspace(), store, options);
    for (const { platform, installation } of [WEB, CHAT]) await house.install(platform, installation);
    if (options.zone !== undefined) await house.zone(options.zone);
    return house;
  }

  /** Another process on the same store, with platforms of its own. */
  another(options: HouseOptions = {}): House {
    const house = new House(this.database, this.workspaceId, storeUnderTest(this.database).store, options);
    house.now = this.now;
    return house;
  }

  // What a lead sets.

  async install(platform: string, installation: string): Promise<void> {
    await this.store.admin.ensureInstallation({
      id: newId(),
      workspaceId: this.workspaceId,
      platform,
      externalId: installation,
      name: platform,
      active: true,
      installer: null,
      installedAt: this.now,
    });
    this.ctx.directory.forget(this.workspaceId);
  }

  async uninstall({ platform, installation }: Where): Promise<void> {
    const known = await this.store.admin.findInstallation(platform, installation);
    await this.store.admin.saveInstallation({ ...known!, active: false });
    this.ctx.directory.forget(this.workspaceId);
  }

  async policy(kind: SurveyKind, changes: Partial<SurveyPolicy>): Promise<void> {
    const { policies } = await this.ctx.directory.of(this.workspaceId);
    await this.store.admin.savePolicy(this.workspaceId, { ...policies[kind], ...changes }, this.now);
    this.ctx.directory.forget(this.workspaceId);
  }

  async policies(changes: Partial<SurveyPolicy>): Promise<void> {
    for (const kind of ['nps', 'ces', 'csat'] as const) await this.policy(kind, changes);
  }

  async settings(changes: Partial<WorkspaceSettings>): Promise<void> {
    const { workspace } = await this.ctx.directory.of(this.workspaceId);
    await this.store.admin.saveWorkspace({ ...workspace, settings: { ...workspace.settings, ...changes } });
    this.ctx.directory.forget(this.workspaceId);
  }

  async zone(zone: string): Promise<void> {
    await this.store.admin.changeWorkspace(this.workspaceId, (workspace) => ({ ...workspace, zone }));
    this.ctx.directory.forget(this.workspaceId);
  }

  async language(locale: string): Promise<void> {
    await this.store.admin.changeWorkspace(this.workspaceId, (workspace) => ({ ...workspace, locale }));
    this.ctx.directory.forget(this.workspaceId);
  }

  /** A channel's digest; answers with its id. */
  async digest(where: Where, schedule: Schedule, channel = 'team'): Promise<Id> {
    await setSchedule(this.ctx, this.workspaceId, { ...where, channel, locale: 'en' }, schedule);
    const all = await this.tx((tx) => tx.digests.list());
    return all.find((one) => one.platform === where.platform && one.channel === channel)!.id;
  }

  // Time and work.

  /** Moves time on, doing whatever falls due, each at its time. */
  async pass(time: Duration): Promise<void> {
    await this.workUntil(this.now + time);
  }

  async workUntil(until: Instant): Promise<void> {
    for (;;) {
      const [first] = await this.store.work.due(until + 1, until, 1);
      if (!first) break;
      this.now = Math.max(this.now, first.dueAt);
      await perform(this.ctx, first.workId);
    }
    this.now = Math.max(this.now, until);
  }

  /** Does what is due now, in a process that a call to the scripted platform may kill. */
  async live(): Promise<'done' | 'killed'> {
    return await Promise.race([this.chat.killing(), this.workUntil(this.now).then(() => 'done' as const)]);
  }

  /** What is still to be done, dead or alive. */
  async work(): Promise<readonly { kind: string; status: string; dueAt: Instant; error: string | null }[]> {
    const { rows } = await this.database.pool.query(
      'SELECT kind, status, due_at, last_error FROM work WHERE workspace_id = $1 ORDER BY due_at, kind',
      [this.workspaceId],
    );
    return rows.map((row) => ({
      kind: row.kind,
      status: row.status,
      dueAt: new Date(row.due_at).getTime(),
      error: row.last_error,
    }));
  }

  // What happens.

  closed(person: string, more: Partial<InteractionClosed> = {}, where: Where = CHAT): InteractionClosed {
    return {
      source: 'desk',
      externalId: newId(),
      place: { ...where, channel: null, thread: `thread-${person}` },
      person: { ...where, externalId: person },
      profile: {},
      customer: null,
      agent: 'bob',
      account: null,
      subject: null,
      locale: 'en',
      closedAt: this.now,
      closedBy: 'person',
      survey: null,
      explicit: false,
      ...more,
    };
  }

  async help(...events: readonly InteractionClosed[]): Promise<readonly TriggerOutcome[]> {
    return await onTriggers(this.ctx, this.workspaceId, events);
  }

  /** Somebody is helped, and asked at once. */
  async ask(person: string, more: Partial<InteractionClosed> = {}, where: Where = CHAT): Promise<Prompt> {
    const [outcome] = await this.help(this.closed(person, { survey: 'nps', delay: 0, ...more }, where));
    await this.workUntil(this.now);
    return await this.prompt(outcome!.prompt!.id);
  }

  async press(
    who: Actor,
    action: Action,
    values: Readonly<Record<string, string>> | null = null,
  ): Promise<InboundOutcome> {
    return await this.inbound({
      kind: 'action',
      eventId: null,
      receivedAt: this.now,
      action,
      by: who,
      values,
    });
  }

  async score(person: string, promptId: Id, score: number, where: Where = CHAT): Promise<InboundOutcome> {
    return await this.press(customer(person, where), { kind: 'score', promptId, score });
  }

  async write(
    who: Actor,
    text: string,
    more: { readonly eventId?: string; readonly thread?: string | null } = {},
  ): Promise<InboundOutcome> {
    const { platform, installation, externalId } = who.identity;
    const { eventId = newId(), thread = `thread-${externalId}` } = more;
    return await this.inbound({
      kind: 'message',
      eventId,
      receivedAt: this.now,
      place: { platform, installation, channel: null, thread },
      by: who,
      text,
    });
  }

  async command(
    who: Actor,
    text: string,
    eventId: string = newId(),
    channel: string | null = 'team',
  ): Promise<string> {
    const { platform, installation } = who.identity;
    const outcome = await this.inbound({
      kind: 'command',
      eventId,
      receivedAt: this.now,
      place: { platform, installation, channel, thread: null },
      by: who,
      text,
      locale: null,
    });
    return textOf(outcome);
  }

  /** Somebody types in the channel of that name. */
  async typeIn(channel: string | null, who: Actor, text: string): Promise<string> {
    return await this.command(who, text, newId(), channel);
  }

  /** Somebody opens the place where the product presents itself. */
  async home(who: Actor): Promise<string> {
    return textOf(await this.inbound({ kind: 'home', eventId: null, receivedAt: this.now, by: who }));
  }

  /** The platform shows us a message of ours. */
  async echo({ key, id, installation }: Pick<Shown, 'key' | 'id' | 'installation'>): Promise<InboundOutcome> {
    const at = { platform: this.chat.name, installation };
    const ref = { channel: 'there', message: id };
    return await this.inbound({ kind: 'posted', eventId: null, receivedAt: this.now, at, key, ref });
  }

  /** The product is installed on the scripted platform. */
  async installed(
    installation: string,
    more: Partial<Extract<InboundEvent, { kind: 'installed' }>> = {},
  ): Promise<Installation> {
    const at = { platform: CHAT.platform, installation };
    await this.inbound({
      kind: 'installed',
      eventId: null,
      receivedAt: this.now,
      at,
      name: installation,
      installer: null,
      credentials: null,
      installedAt: this.now,
      ...more,
    });
    return (await this.store.admin.findInstallation(CHAT.platform, installation))!;
  }

  /** It was removed there. */
  async removed(installation: string, removedAt: Instant = this.now): Promise<InboundOutcome> {
    const at = { platform: CHAT.platform, installation };
    return await this.inbound({ kind: 'uninstalled', eventId: null, receivedAt: this.now, at, removedAt });
  }

  // What there is then.

  tx<T>(body: (tx: StoreTx) => Promise<T>): Promise<T> {
    return this.store.transaction(this.workspaceId, body);
  }

  async settled(): Promise<WorkspaceSettings> {
    return (await this.store.admin.workspace(this.workspaceId))!.settings;
  }

  /** The channels of the digests that are on, with when they come. */
  async digests(workspaceId = this.workspaceId): Promise<readonly string[]> {
    const all = await this.store.transaction(workspaceId, (tx) => tx.digests.list());
    return all
      .filter(({ enabled }) => enabled)
      .map(
        ({ channel, schedule: { weekday, time, zone } }) =>
          `${channel} ${weekday} ${formatClock(time)} ${zone}`,
      );
  }

  async prompt(promptId: Id): Promise<Prompt> {
    return (await this.tx((tx) => tx.prompts.find(promptId)))!;
  }

  async response(promptId: Id): Promise<Response | null> {
    return await this.tx((tx) => tx.responses.ofPrompt(promptId));
  }

  async revisions(promptId: Id): Promise<readonly number[]> {
    const response = await this.response(promptId);
    const all = response ? await this.tx((tx) => tx.responses.revisions(response.id)) : [];
    return all.map(({ score }) => score);
  }

  async cases(): Promise<readonly FollowUpDossier[]> {
    return await this.tx((tx) => tx.followUps.open(100));
  }

  async personId(identity: IdentityRef): Promise<Id> {
    return (await this.tx((tx) => tx.people.find(identity)))!.id;
  }

  /** Prompts of a person, newest first: status, and the reason where there is one. */
  async fates(person: string, where: Where = CHAT): Promise<readonly string[]> {
    const personId = await this.personId({ ...where, externalId: person });
    const trail = await this.tx((tx) => tx.prompts.trail(personId, 100));
    return trail.map(({ prompt: { state } }) => ('reason' in state ? state.reason : state.status));
  }

  /** What stands in a conversation or channel of the web page, oldest first, as text. */
  async page(thread: string): Promise<readonly string[]> {
    const found = await this.store.mailbox.findThread(this.workspaceId, thread);
    const messages = found ? await this.store.mailbox.read(this.workspaceId, found.id, 100) : [];
    return messages.map(({ body }) => (body.kind === 'view' ? renderText(body.view) : body.text));
  }
}

export function customer(person: string, where: Where = CHAT, profile: Profile = {}): Actor {
  return { identity: { ...where, externalId: person }, profile: { name: person, ...profile } };
}

export function agent(name = 'Sam', where: Where = CHAT): Actor {
  return { identity: { ...where, externalId: name.toLowerCase() }, profile: { name, isTeam: true } };
}

/** What the actor is told, as text. */
export function textOf(outcome: InboundOutcome): string {
  const view = 'reply' in outcome ? outcome.reply : null;
  return view ? renderText(view) : outcome.kind;
}

export function lastView(message: { readonly views: readonly View[] } | undefined): string {
  const view = message?.views.at(-1);
  return view ? renderText(view) : '';
}

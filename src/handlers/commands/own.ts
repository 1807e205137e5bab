// What anybody decides about themselves, on all their platforms: whether they are asked, in which language, who they are elsewhere, and that they be forgotten.
import { type Duration, type Id, MINUTE } from '../../domain/basics.ts';
import type { IdentityRef } from '../../domain/trigger/interaction.ts';
import type { StoreTx } from '../../ports/store/index.ts';
import type { Person } from '../../ports/store/people.ts';
import { helpView, optOutView } from '../../views/command.ts';
import { forgetAskView, languageView, linkCodeView, linkedView } from '../../views/personal.ts';
import type { View } from '../../views/view.ts';
import { trail } from '../audit.ts';
import type { Context } from '../context.ts';
import { spokenTo } from '../spoken-to.ts';
import { setOptOut } from '../withdraw.ts';
import type { Asked, Handler } from './asked.ts';

const GOOD_FOR: Duration = 30 * MINUTE;

export const help: Handler<'help'> = async ({ card, t }) => helpView(t, card.workspace.settings);

export const optOut: Handler<'opt_out'> = async (asked) => await opt(asked, true);
export const optIn: Handler<'opt_in'> = async (asked) => await opt(asked, false);

async function opt({ ctx, workspaceId, event, t }: Asked, optedOut: boolean): Promise<View> {
  await setOptOut(ctx, workspaceId, event.by.identity, optedOut);
  return optOutView(t, { optedOut });
}

export const language: Handler<'language'> = async ({ ctx, workspaceId, event, command }) => {
  const { locale } = command;
  await ctx.store.transaction(workspaceId, async (tx) => {
    const person = await personOf(ctx, tx, event.by.identity);
    await tx.people.setLanguage(person.id, locale);
  });
  const t = await spokenTo(ctx, workspaceId, event.by, event.locale);
  return languageView(t, locale === null ? 'app' : 'own');
};

/** A code that is typed elsewhere, or one that was made there: whoever typed both is one person. */
export const linkSelf: Handler<'link_self'> = async ({ ctx, workspaceId, event, command, t }) => {
  const { identity } = event.by;
  const { admin } = ctx.store;
  const now = ctx.clock.now();
  const me = await ctx.store.transaction(workspaceId, (tx) => personOf(ctx, tx, identity));
  if (command.code === null) {
    const code = ctx.codes.make();
    const hash = ctx.codes.hash(code);
    await admin.createLink({ hash, workspaceId, personId: me.id, expiresAt: now + GOOD_FOR });
    return linkCodeView(t, { code, lasts: GOOD_FOR });
  }
  const other: Id | null = await admin.redeemLink(workspaceId, ctx.codes.hash(command.code), now);
  if (other === null) return linkedView(t, 'unknown');
  if (other === me.id) return linkedView(t, 'same');
  await ctx.store.archive.link(workspaceId, other, me.id, now);
  await trail(ctx, workspaceId, identity, 'person.link', other, { by: 'code' });
  return linkedView(t, 'linked');
};

export const forgetMe: Handler<'forget_me'> = async ({ t }) => forgetAskView(t);

/** Whoever is new is made: an opt-out and a language hold from the first question on. */
async function personOf(ctx: Context, tx: StoreTx, identity: IdentityRef): Promise<Person> {
  const request = { identity, profile: {}, customer: null };
  const [person] = await tx.people.resolve([request], () => ctx.ids.next(), ctx.clock.now());
  return person!;
}

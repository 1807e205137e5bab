// Which installation a payload is for: its candidates, best first. In a shared channel a stranger's payload may name the stranger's own team, and an
// app that is installed for a whole enterprise is known by that.
import { z } from 'zod';
import { id, maybe } from './fields.ts';

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
const team = z.object({ id: maybe(id), enterprise_id: maybe(id) });

const payload = z.object({
  authorizations: maybe(
    z.array(
      z.object({ team_id: maybe(id), enterprise_id: maybe(id), is_enterprise_install: maybe(z.boolean()) }),
    ),
  ),
  is_enterprise_install: maybe(flag),
  context_team_id: maybe(id),
  context_enterprise_id: maybe(id),
  team_id: maybe(id),
  enterprise_id: maybe(id),
  team: maybe(team),
  enterprise: maybe(z.object({ id: maybe(id) })),
  view: maybe(z.object({ type: maybe(z.string()), app_installed_team_id: maybe(id), team_id: maybe(id) })),
  message: maybe(z.object({ team: maybe(id) })),
  user: maybe(z.object({ team_id: maybe(id) }).or(z.string())),
});

export function installationsOf(body: unknown): readonly string[] {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return [];
  const { data } = parsed;
  const [authorization] = data.authorizations ?? [];
  const user = typeof data.user === 'object' ? data.user : null;
  const installed = data.view?.app_installed_team_id;
  // A modal says where the app is installed that opened it. A home tab says where the app was installed first, wherever it is looked at.
  const modal = data.view?.type === 'home' ? [] : [installed];
  const teams = [
    authorization?.team_id,
    ...modal,
    data.team?.id,
    data.context_team_id,
    data.team_id,
    data.message?.team,
    installed,
    user?.team_id,
    data.view?.team_id,
  ];
  const enterprises = [
    authorization?.enterprise_id,
    data.enterprise?.id,
    data.team?.enterprise_id,
    data.context_enterprise_id,
    data.enterprise_id,
  ];
  const wide = authorization?.is_enterprise_install ?? data.is_enterprise_install ?? false;
  const all = wide ? [...enterprises, ...teams] : [...teams, ...enterprises];
  return [...new Set(all.filter((one) => typeof one === 'string'))];
}

// Everyday administration: workspaces, installations, policies, keys, the audit trail.
import type { Id, Instant } from '../../domain/basics.ts';
import type { SurveyKind } from '../../domain/survey/kind.ts';
import type { SurveyPolicy } from '../../domain/survey/policy.ts';
import type { WorkspaceSettings } from '../../domain/survey/settings.ts';

export interface Workspace {
  readonly id: Id;
  readonly name: string;
  readonly locale: string;
  readonly zone: string;
  readonly settings: WorkspaceSettings;
  readonly createdAt: Instant;
}

export interface Installation {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly platform: string;
  readonly externalId: string;
  readonly name: string;
  readonly active: boolean;
  /** Who installed it, or was the first of the team to use it, by their outside id; null: nobody yet. */
  readonly installer: string | null;
  readonly installedAt: Instant;
}

/** A customer's organisation: 1 is ordinary, twice the weight is half the time to get back to them. */
export interface Account {
  readonly name: string;
  readonly weight: number;
}

export interface ApiKeyInfo {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly name: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

export interface AuditEntry {
  readonly id: Id;
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Administration {
  workspaces(): Promise<readonly Workspace[]>;
  workspace(idOrName: string): Promise<Workspace | null>;
  /** Makes it if there is none of that name; twenty processes at once make one. */
  ensureWorkspace(workspace: Omit<Workspace, 'createdAt'>, now: Instant): Promise<Workspace>;
  saveWorkspace(workspace: Workspace): Promise<void>;
  /** The same under a lock, from how it stands: of two changes at once both hold. `change` may run more than once. Throws `not_found`. */
  changeWorkspace(
    workspaceId: Id,
    change: (current: Workspace) => Pick<Workspace, 'locale' | 'zone' | 'settings'>,
  ): Promise<void>;
  ensureInstallation(installation: Installation): Promise<Installation>;
  installations(workspaceId: Id): Promise<readonly Installation[]>;
  findInstallation(platform: string, externalId: string): Promise<Installation | null>;
  saveInstallation(installation: Installation): Promise<void>;
  /**
   * Installed (again): active, with these credentials (null: as they were). One that is known stays with its workspace, whatever `workspaceId` says; one
   * installed later already stays as it is. Answers with how it now stands.
   */
  install(installation: Installation, credentials: string | null): Promise<Installation>;
  /** Removed at that time: not active any more, its credentials gone; unless it was installed again since. True when that changed anything. */
  uninstall(platform: string, externalId: string, removedAt: Instant): Promise<boolean>;
  /** Notes who to turn to, unless somebody is noted already. */
  noteInstaller(platform: string, externalId: string, installer: string): Promise<void>;
  /** Gives an installation to another workspace. `in_use`: its own has had interactions, which would be torn from it. An emptied workspace stays. */
  moveInstallation(
    platform: string,
    externalId: string,
    workspaceId: Id,
  ): Promise<'moved' | 'in_use' | 'not_found'>;
  /** A word that whoever types it in time redeems once. `hash` is of the word. */
  createCode(code: {
    hash: Uint8Array;
    workspaceId: Id;
    purpose: 'connect';
    expiresAt: Instant;
  }): Promise<void>;
  /** The workspace that made it; null: there is none, it is too old, or it was redeemed. */
  redeemCode(hash: Uint8Array, purpose: 'connect', now: Instant): Promise<Id | null>;
  /** The like, by which whoever types it becomes one person with whoever made it. It ends when that person is erased. */
  createLink(code: { hash: Uint8Array; workspaceId: Id; personId: Id; expiresAt: Instant }): Promise<void>;
  /** Who made it, in this workspace; null: nobody there, it is too old, or it was redeemed. */
  redeemLink(workspaceId: Id, hash: Uint8Array, now: Instant): Promise<Id | null>;
  /** Every kind, with the defaults where nothing was set. */
  policies(workspaceId: Id): Promise<Readonly<Record<SurveyKind, SurveyPolicy>>>;
  savePolicy(workspaceId: Id, policy: SurveyPolicy, now: Instant): Promise<void>;
  /** Those that were given a weight, by name. */
  accounts(workspaceId: Id): Promise<readonly Account[]>;
  saveAccount(workspaceId: Id, account: Account): Promise<void>;
  createApiKey(key: { id: Id; workspaceId: Id; name: string; hash: Uint8Array }, now: Instant): Promise<void>;
  findApiKey(hash: Uint8Array): Promise<ApiKeyInfo | null>;
  apiKeys(workspaceId: Id): Promise<readonly ApiKeyInfo[]>;
  revokeApiKey(workspaceId: Id, id: Id, now: Instant): Promise<boolean>;
  audit(workspaceId: Id, entry: AuditEntry): Promise<void>;
  auditTrail(workspaceId: Id, limit: number): Promise<readonly AuditEntry[]>;
}

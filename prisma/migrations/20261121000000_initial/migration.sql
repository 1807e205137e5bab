-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "last_follow_up" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installations" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credentials" BYTEA,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "customer" TEXT,
    "locale" TEXT,
    "zone" TEXT,
    "opted_out_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT,
    "unreachable_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opt_out_hashes" (
    "workspace_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opt_out_hashes_pkey" PRIMARY KEY ("workspace_id","hash")
);

-- CreateTable
CREATE TABLE "accounts" (
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "weight" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("workspace_id","name")
);

-- CreateTable
CREATE TABLE "surveys" (
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "policy" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "surveys_pkey" PRIMARY KEY ("workspace_id","kind")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interactions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "identity_id" UUID,
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "channel" TEXT,
    "thread" TEXT,
    "agent" TEXT,
    "account" TEXT,
    "subject" TEXT,
    "locale" TEXT,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by" TEXT NOT NULL,
    "reopened_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "survey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "explicit" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3),
    "attempted_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "declined_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "late" BOOLEAN NOT NULL DEFAULT false,
    "ref_channel" TEXT,
    "ref_message" TEXT,
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "channel" TEXT,
    "thread" TEXT,
    "locale" TEXT NOT NULL,
    "agent" TEXT,
    "account" TEXT,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "responses" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "prompt_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "survey" TEXT NOT NULL,
    "score" SMALLINT NOT NULL,
    "verbatim" TEXT,
    "sentiment" TEXT,
    "confidence" REAL,
    "language" TEXT,
    "themes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "conflict" BOOLEAN NOT NULL DEFAULT false,
    "classifier" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "agent" TEXT,
    "channel" TEXT,
    "account" TEXT,
    "locale" TEXT NOT NULL,
    "follow_up_id" UUID,

    CONSTRAINT "responses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "response_revisions" (
    "response_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "workspace_id" UUID NOT NULL,
    "score" SMALLINT NOT NULL,
    "verbatim" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "response_revisions_pkey" PRIMARY KEY ("response_id","revision")
);

-- CreateTable
CREATE TABLE "follow_ups" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "owner" TEXT,
    "note" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "platform" TEXT,
    "installation" TEXT,
    "ref_channel" TEXT,
    "ref_message" TEXT,

    CONSTRAINT "follow_ups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedules" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "minute" SMALLINT NOT NULL,
    "zone" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "digest_issues" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "ref_channel" TEXT,
    "ref_message" TEXT,
    "posted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_issues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "again_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "work_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT NOT NULL,
    "holder" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "seen_events" (
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_events_pkey" PRIMARY KEY ("platform","installation","event_id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_threads" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person" TEXT,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_threads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_messages" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author" TEXT,
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "change" BIGSERIAL NOT NULL,

    CONSTRAINT "mail_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_name_key" ON "workspaces"("name");

-- CreateIndex
CREATE INDEX "installations_workspace_id_idx" ON "installations"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "installations_platform_external_id_key" ON "installations"("platform", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "people_workspace_id_customer_key" ON "people"("workspace_id", "customer");

-- CreateIndex
CREATE INDEX "identities_person_id_idx" ON "identities"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_workspace_id_platform_installation_external_id_key" ON "identities"("workspace_id", "platform", "installation", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_workspace_id_idx" ON "api_keys"("workspace_id");

-- CreateIndex
CREATE INDEX "interactions_workspace_id_person_id_idx" ON "interactions"("workspace_id", "person_id");

-- CreateIndex
CREATE INDEX "interactions_workspace_id_platform_installation_channel_thr_idx" ON "interactions"("workspace_id", "platform", "installation", "channel", "thread");

-- CreateIndex
CREATE UNIQUE INDEX "interactions_workspace_id_source_external_id_key" ON "interactions"("workspace_id", "source", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompts_interaction_id_key" ON "prompts"("interaction_id");

-- CreateIndex
CREATE INDEX "prompts_workspace_id_person_id_created_at_idx" ON "prompts"("workspace_id", "person_id", "created_at");

-- CreateIndex
CREATE INDEX "prompts_report_idx" ON "prompts"("workspace_id", "survey", "sent_at") INCLUDE ("agent", "channel", "account", "locale");

-- CreateIndex
CREATE INDEX "prompts_workspace_id_asked_at_idx" ON "prompts"("workspace_id", "asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "responses_prompt_id_key" ON "responses"("prompt_id");

-- CreateIndex
CREATE INDEX "responses_report_idx" ON "responses"("workspace_id", "survey", "sent_at") INCLUDE ("score", "sentiment", "themes", "person_id", "agent", "channel", "account", "locale");

-- CreateIndex
CREATE INDEX "responses_workspace_id_survey_answered_at_idx" ON "responses"("workspace_id", "survey", "answered_at");

-- CreateIndex
CREATE INDEX "responses_workspace_id_person_id_idx" ON "responses"("workspace_id", "person_id");

-- CreateIndex
CREATE INDEX "responses_follow_up_id_idx" ON "responses"("follow_up_id");

-- CreateIndex
CREATE INDEX "follow_ups_workspace_id_status_due_at_idx" ON "follow_ups"("workspace_id", "status", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "follow_ups_workspace_id_number_key" ON "follow_ups"("workspace_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "schedules_workspace_id_platform_installation_channel_key" ON "schedules"("workspace_id", "platform", "installation", "channel");

-- CreateIndex
CREATE UNIQUE INDEX "digest_issues_schedule_id_due_at_key" ON "digest_issues"("schedule_id", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "work_workspace_id_kind_subject_id_key" ON "work"("workspace_id", "kind", "subject_id");

-- CreateIndex
CREATE INDEX "seen_events_at_idx" ON "seen_events"("at");

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_at_idx" ON "audit_entries"("workspace_id", "at");

-- CreateIndex
CREATE INDEX "mail_threads_workspace_id_person_idx" ON "mail_threads"("workspace_id", "person");

-- CreateIndex
CREATE UNIQUE INDEX "mail_threads_workspace_id_name_key" ON "mail_threads"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "mail_messages_workspace_id_change_idx" ON "mail_messages"("workspace_id", "change");

-- CreateIndex
CREATE INDEX "mail_messages_thread_id_created_at_idx" ON "mail_messages"("thread_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_messages_workspace_id_key_key" ON "mail_messages"("workspace_id", "key");

-- AddForeignKey
ALTER TABLE "installations" ADD CONSTRAINT "installations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_interaction_id_fkey" FOREIGN KEY ("interaction_id") REFERENCES "interactions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "responses" ADD CONSTRAINT "responses_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "responses" ADD CONSTRAINT "responses_follow_up_id_fkey" FOREIGN KEY ("follow_up_id") REFERENCES "follow_ups"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "response_revisions" ADD CONSTRAINT "response_revisions_response_id_fkey" FOREIGN KEY ("response_id") REFERENCES "responses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_issues" ADD CONSTRAINT "digest_issues_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_messages" ADD CONSTRAINT "mail_messages_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "mail_threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language cannot say. README.md in the folder above tells why each is here.

-- One case a person at a time.
CREATE UNIQUE INDEX "follow_ups_not_closed_key" ON "follow_ups"("workspace_id", "person_id") WHERE "status" <> 'closed';

-- What the sweeper looks for; taking a lease touches none of these columns.
CREATE INDEX "work_pending_due_at_idx" ON "work"("due_at") WHERE "status" = 'pending';
CREATE INDEX "work_dead_idx" ON "work"("due_at") WHERE "status" = 'dead';

-- Rows that change a few times soon after they were made: room to do it on their own page.
ALTER TABLE "prompts" SET (fillfactor = 85);
ALTER TABLE "work" SET (fillfactor = 70);

-- Values that are one of a few.
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_kind_check" CHECK ("kind" IN ('nps', 'ces', 'csat'));
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_closed_by_check" CHECK ("closed_by" IN ('person', 'inactivity'));

-- What stands in an index must fit into one of its entries (2,704 bytes): 200 characters fit whatever they are.
ALTER TABLE "people" ADD CONSTRAINT "people_size_check" CHECK (octet_length("customer") <= 1024);
ALTER TABLE "identities" ADD CONSTRAINT "identities_size_check" CHECK (octet_length("external_id") <= 1024);
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_size_check" CHECK (
  octet_length("external_id") <= 1024 AND octet_length("source") <= 800 AND octet_length("channel") <= 800 AND octet_length("thread") <= 800
  AND octet_length("agent") <= 800 AND octet_length("account") <= 800 AND octet_length("locale") <= 100);
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_size_check" CHECK (
  octet_length("channel") <= 800 AND octet_length("agent") <= 800 AND octet_length("account") <= 800 AND octet_length("locale") <= 100);

-- Work has a kind that a handler knows, and a lease is a token with an end.
ALTER TABLE "work"
  ADD CONSTRAINT "work_kind_check" CHECK ("kind" IN ('deliver', 'remind', 'expire', 'repaint', 'alert', 'refresh', 'digest')),
  ADD CONSTRAINT "work_status_check" CHECK ("status" IN ('pending', 'dead')),
  ADD CONSTRAINT "work_lease_check" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL));
ALTER TABLE "schedules"
  ADD CONSTRAINT "schedules_weekday_check" CHECK ("weekday" BETWEEN 1 AND 7),
  ADD CONSTRAINT "schedules_minute_check" CHECK ("minute" BETWEEN 0 AND 1439);
ALTER TABLE "digest_issues"
  ADD CONSTRAINT "digest_issues_status_check" CHECK ("status" IN ('posting', 'posted', 'refused', 'uncertain')),
  ADD CONSTRAINT "digest_issues_period_check" CHECK ("period_from" < "period_to");
ALTER TABLE "mail_threads" ADD CONSTRAINT "mail_threads_kind_check" CHECK ("kind" IN ('conversation', 'channel'));
ALTER TABLE "mail_messages" ADD CONSTRAINT "mail_messages_author_kind_check" CHECK ("author_kind" IN ('bot', 'customer', 'team'));

-- A prompt knows what its status says it knows.
ALTER TABLE "prompts"
  ADD CONSTRAINT "prompts_survey_check" CHECK ("survey" IN ('nps', 'ces', 'csat')),
  ADD CONSTRAINT "prompts_state_check" CHECK (
    CASE "status"
      WHEN 'scheduled' THEN "due_at" IS NOT NULL
      WHEN 'sending' THEN "due_at" IS NOT NULL AND "attempted_at" IS NOT NULL
      WHEN 'sent' THEN "sent_at" IS NOT NULL AND "ref_channel" IS NOT NULL AND "ref_message" IS NOT NULL
      WHEN 'reminded' THEN "sent_at" IS NOT NULL AND "reminded_at" IS NOT NULL AND "ref_channel" IS NOT NULL AND "ref_message" IS NOT NULL
      WHEN 'answered' THEN "sent_at" IS NOT NULL AND "answered_at" IS NOT NULL
      WHEN 'declined' THEN "sent_at" IS NOT NULL AND "declined_at" IS NOT NULL
      WHEN 'expired' THEN "sent_at" IS NOT NULL AND "ended_at" IS NOT NULL
      WHEN 'suppressed' THEN "reason" IS NOT NULL AND "ended_at" IS NOT NULL
      WHEN 'undeliverable' THEN "reason" IS NOT NULL AND "ended_at" IS NOT NULL
      WHEN 'uncertain' THEN "attempted_at" IS NOT NULL
      ELSE false
    END),
  ADD CONSTRAINT "prompts_asked_at_check" CHECK (("asked_at" IS NULL) = ("status" IN ('suppressed', 'undeliverable')));

-- A score is on its survey's scale.
ALTER TABLE "responses"
  ADD CONSTRAINT "responses_score_check" CHECK (
    CASE "survey"
      WHEN 'nps' THEN "score" BETWEEN 0 AND 10
      WHEN 'ces' THEN "score" BETWEEN 1 AND 7
      WHEN 'csat' THEN "score" BETWEEN 1 AND 5
      ELSE false
    END),
  ADD CONSTRAINT "responses_sentiment_check" CHECK ("sentiment" IN ('positive', 'neutral', 'negative')),
  ADD CONSTRAINT "responses_confidence_check" CHECK ("confidence" BETWEEN 0 AND 1),
  ADD CONSTRAINT "responses_revision_check" CHECK ("revision" >= 1);

-- A follow-up has an owner exactly when somebody took it.
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_state_check" CHECK (
  CASE "status"
    WHEN 'open' THEN "owner" IS NULL
    WHEN 'claimed' THEN "owner" IS NOT NULL AND "claimed_at" IS NOT NULL
    WHEN 'closed' THEN "owner" IS NOT NULL AND "closed_at" IS NOT NULL AND "note" IS NOT NULL
    ELSE false
  END);

-- AlterTable
ALTER TABLE "people" ADD COLUMN "quiet_since" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "people_workspace_id_quiet_since_idx" ON "people"("workspace_id", "quiet_since");

-- CreateIndex
CREATE INDEX "mail_messages_workspace_id_created_at_idx" ON "mail_messages"("workspace_id", "created_at");

-- By hand, from here on.

-- What has been kept for long enough, found without reading what is still to be kept; what was dropped leaves these.
CREATE INDEX "response_revisions_words_idx" ON "response_revisions"("workspace_id", "at") WHERE "verbatim" IS NOT NULL;
CREATE INDEX "interactions_subjects_idx" ON "interactions"("workspace_id", "closed_at") WHERE "subject" IS NOT NULL;
CREATE INDEX "follow_ups_notes_idx" ON "follow_ups"("workspace_id", "closed_at") WHERE "note" <> '';
CREATE INDEX "digest_issues_quotes_idx" ON "digest_issues"("workspace_id", "period_from") WHERE "content"->'quotes' <> '[]'::jsonb;

-- A digest that was posted is shown anew without the words that are gone.
ALTER TABLE "work" DROP CONSTRAINT "work_kind_check";
ALTER TABLE "work" ADD CONSTRAINT "work_kind_check" CHECK ("kind" IN (
  'deliver', 'remind', 'expire', 'repaint', 'alert', 'refresh', 'digest', 'reprint', 'notice', 'nudge', 'escalate', 'confirm'));

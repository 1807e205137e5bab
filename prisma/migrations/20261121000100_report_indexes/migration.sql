-- DropIndex
DROP INDEX "prompts_report_idx";

-- DropIndex
DROP INDEX "responses_workspace_id_survey_answered_at_idx";

-- CreateIndex
CREATE INDEX "interactions_workspace_id_closed_at_idx" ON "interactions"("workspace_id", "closed_at");

-- CreateIndex
CREATE INDEX "prompts_report_idx" ON "prompts"("workspace_id", "survey", "sent_at", "id") INCLUDE ("agent", "channel", "account", "locale");

-- CreateIndex
CREATE INDEX "responses_digest_idx" ON "responses"("workspace_id", "survey", "answered_at") INCLUDE ("score", "sentiment", "themes", "person_id");

-- CreateIndex
CREATE INDEX "identities_workspace_id_external_id_idx" ON "identities"("workspace_id", "external_id");

-- By hand: when a prompt's time to answer ended, which the weekly response rate asks for.
CREATE INDEX "prompts_closed_idx" ON "prompts"("workspace_id", "survey", (
  CASE "status"
    WHEN 'answered' THEN CASE WHEN "late" THEN LEAST("answered_at", "ended_at") ELSE "answered_at" END
    WHEN 'declined' THEN "declined_at"
    WHEN 'expired' THEN "ended_at"
  END)) WHERE "status" IN ('answered', 'declined', 'expired');

-- By hand.

-- Summaries of what customers wrote, found like their quotes once they were kept for long enough.
CREATE INDEX "digest_issues_summaries_idx" ON "digest_issues"("workspace_id", "period_from") WHERE "content" ? 'summary';

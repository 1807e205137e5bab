-- CreateTable
CREATE TABLE "tallies" (
    "workspace_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "survey" TEXT NOT NULL,
    "grain" TEXT NOT NULL,
    "begins_at" TIMESTAMPTZ(3) NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "tallies_pkey" PRIMARY KEY ("workspace_id","what","survey","grain","begins_at")
);

-- CreateTable
CREATE TABLE "tally_changes" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "survey" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "tally_changes_pkey" PRIMARY KEY ("id")
);

-- By hand, from here on.

-- Their rows change again and again, and only in a column that is in no index.
ALTER TABLE "tallies" SET (fillfactor = 70);

-- The words of a digest: the newest of a period, however few answers have any.
CREATE INDEX "responses_words_idx" ON "responses"("workspace_id", "survey", "answered_at" DESC, "id") WHERE "verbatim" IS NOT NULL;

-- Each theme of an answer once, such as `speed:negative`; one that is praised and blamed at once is neutral.
CREATE FUNCTION "tally_themes"("mentions" TEXT[]) RETURNS TABLE ("key" TEXT) LANGUAGE sql IMMUTABLE AS $$
  SELECT split_part(m.mention, ':', 1) || CASE
      WHEN EXISTS (SELECT FROM unnest("mentions") AS o(mention)
        WHERE split_part(o.mention, ':', 1) = split_part(m.mention, ':', 1) AND o.mention <> m.mention) THEN ':neutral'
      WHEN m.mention = split_part(m.mention, ':', 1) || ':positive' THEN ':positive'
      WHEN m.mention = split_part(m.mention, ':', 1) || ':negative' THEN ':negative'
      ELSE ':neutral' END
  FROM unnest("mentions") WITH ORDINALITY AS m(mention, place)
  WHERE NOT EXISTS (SELECT FROM unnest("mentions") WITH ORDINALITY AS b(mention, place)
    WHERE b.place < m.place AND split_part(b.mention, ':', 1) = split_part(m.mention, ':', 1))
$$;

-- What one answer counts as, whichever time it is counted by: its score and, apart from that, what its words say.
CREATE FUNCTION "tally_answer"("score" SMALLINT, "sentiment" TEXT, "mentions" TEXT[]) RETURNS TABLE ("part" TEXT, "key" TEXT)
LANGUAGE sql IMMUTABLE AS $$
  SELECT '', 'score:' || "score"
  UNION ALL SELECT '.words', 'sentiment:' || coalesce("sentiment", 'none')
  UNION ALL SELECT '.words', 'theme:' || said.key FROM tally_themes("mentions") AS said
$$;

-- What one prompt counts as: sent; its time to answer ended; and, by when its interaction ended, what became of that, for all, and, once that
-- is known, for its agent and for its channel. `prompts_closed_idx` has the second expression.
CREATE FUNCTION "tally_prompt"("survey" TEXT, "status" TEXT, "late" BOOLEAN, "reason" TEXT, "sent_at" TIMESTAMPTZ, "answered_at" TIMESTAMPTZ,
  "declined_at" TIMESTAMPTZ, "ended_at" TIMESTAMPTZ, "agent" TEXT, "channel" TEXT, "closed_at" TIMESTAMPTZ)
RETURNS TABLE ("what" TEXT, "of" TEXT, "at" TIMESTAMPTZ, "key" TEXT) LANGUAGE sql IMMUTABLE AS $$
  SELECT 'sent', "survey", "sent_at", 'prompts' WHERE "sent_at" IS NOT NULL
  UNION ALL
  SELECT 'closed', "survey", (CASE "status"
      WHEN 'answered' THEN CASE WHEN "late" THEN LEAST("answered_at", "ended_at") ELSE "answered_at" END
      WHEN 'declined' THEN "declined_at"
      WHEN 'expired' THEN "ended_at" END),
    CASE WHEN "status" = 'answered' AND NOT "late" THEN 'answered' ELSE 'unanswered' END
  WHERE "status" IN ('answered', 'declined', 'expired')
  UNION ALL
  SELECT 'fate', 'any', "closed_at", CASE
      WHEN "status" IN ('suppressed', 'undeliverable') THEN coalesce('skipped:' || "reason", 'asked')
      WHEN "status" = 'uncertain' THEN 'skipped:uncertain'
      WHEN "status" IN ('scheduled', 'sending') THEN 'waiting'
      ELSE 'asked' END
  UNION ALL
  SELECT of.what, 'any', "closed_at",
    CASE WHEN "status" IN ('suppressed', 'undeliverable', 'uncertain') THEN 'other:' ELSE 'asked:' END || of.name
  FROM (VALUES ('agent', "agent"), ('channel', "channel")) AS of(what, name)
  WHERE of.name IS NOT NULL AND "status" NOT IN ('scheduled', 'sending')
$$;

-- The facts, counted: every tally of a workspace by the hour, for hours in [since, until). Both must be the beginning of an hour.
CREATE FUNCTION "tally_facts"("workspace" UUID, "since" TIMESTAMPTZ, "until" TIMESTAMPTZ)
RETURNS TABLE ("what" TEXT, "survey" TEXT, "hour" TIMESTAMPTZ, "key" TEXT, "n" BIGINT) LANGUAGE sql STABLE AS $$
  SELECT 'sent' || t.part, r.survey, r.hour, t.key, sum(r.n)::bigint FROM (
    SELECT survey, date_trunc('hour', sent_at, 'UTC') AS hour, score, sentiment, themes, count(*) AS n FROM responses
    WHERE workspace_id = "workspace" AND survey IN ('nps', 'ces', 'csat') AND sent_at >= "since" AND sent_at < "until" GROUP BY 1, 2, 3, 4, 5
  ) AS r CROSS JOIN LATERAL tally_answer(r.score, r.sentiment, r.themes) AS t GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT 'answered' || t.part, r.survey, r.hour, t.key, sum(r.n)::bigint FROM (
    SELECT survey, date_trunc('hour', answered_at, 'UTC') AS hour, score, sentiment, themes, count(*) AS n FROM responses
    WHERE workspace_id = "workspace" AND survey IN ('nps', 'ces', 'csat') AND answered_at >= "since" AND answered_at < "until" GROUP BY 1, 2, 3, 4, 5
  ) AS r CROSS JOIN LATERAL tally_answer(r.score, r.sentiment, r.themes) AS t GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT 'sent', survey, date_trunc('hour', sent_at, 'UTC'), 'prompts', count(*) FROM prompts
  WHERE workspace_id = "workspace" AND survey IN ('nps', 'ces', 'csat') AND sent_at >= "since" AND sent_at < "until" GROUP BY 2, 3
  UNION ALL
  SELECT t.what, t.of, date_trunc('hour', t.at, 'UTC'), t.key, count(*)
  FROM prompts AS p CROSS JOIN LATERAL tally_prompt(p.survey, p.status, p.late, p.reason, p.sent_at, p.answered_at, p.declined_at, p.ended_at,
    p.agent, p.channel, NULL) AS t
  WHERE p.workspace_id = "workspace" AND p.survey IN ('nps', 'ces', 'csat') AND p.status IN ('answered', 'declined', 'expired') AND t.what = 'closed'
    AND (CASE p.status
      WHEN 'answered' THEN CASE WHEN p.late THEN LEAST(p.answered_at, p.ended_at) ELSE p.answered_at END
      WHEN 'declined' THEN p.declined_at
      WHEN 'expired' THEN p.ended_at END) >= "since"
    AND (CASE p.status
      WHEN 'answered' THEN CASE WHEN p.late THEN LEAST(p.answered_at, p.ended_at) ELSE p.answered_at END
      WHEN 'declined' THEN p.declined_at
      WHEN 'expired' THEN p.ended_at END) < "until"
  GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT t.what, t.of, date_trunc('hour', t.at, 'UTC'), t.key, count(*)
  FROM interactions AS i JOIN prompts AS p ON p.interaction_id = i.id AND p.workspace_id = i.workspace_id
    CROSS JOIN LATERAL tally_prompt(p.survey, p.status, p.late, p.reason, p.sent_at, p.answered_at, p.declined_at, p.ended_at, p.agent, p.channel,
      i.closed_at) AS t
  WHERE i.workspace_id = "workspace" AND i.closed_at >= "since" AND i.closed_at < "until" AND t.what IN ('fate', 'agent', 'channel')
  GROUP BY 1, 2, 3, 4
$$;

-- Every change of the facts leaves what it changes of the tallies, in its own transaction and whichever way it came. New rows alone: nobody waits
-- for anybody, and counting adds them to what was folded.
CREATE FUNCTION "tally_responses"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_changes (workspace_id, what, survey, hour, key, n)
    SELECT r.workspace_id, b.what || t.part, r.survey, date_trunc('hour', b.at, 'UTC'), t.key, count(*)
    FROM added AS r CROSS JOIN LATERAL (VALUES ('sent', r.sent_at), ('answered', r.answered_at)) AS b(what, at)
      CROSS JOIN LATERAL tally_answer(r.score, r.sentiment, r.themes) AS t
    GROUP BY 1, 2, 3, 4, 5;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO tally_changes (workspace_id, what, survey, hour, key, n)
    SELECT r.workspace_id, b.what || t.part, r.survey, date_trunc('hour', b.at, 'UTC'), t.key, -count(*)
    FROM gone AS r CROSS JOIN LATERAL (VALUES ('sent', r.sent_at), ('answered', r.answered_at)) AS b(what, at)
      CROSS JOIN LATERAL tally_answer(r.score, r.sentiment, r.themes) AS t
    GROUP BY 1, 2, 3, 4, 5;
  ELSE
    INSERT INTO tally_changes (workspace_id, what, survey, hour, key, n)
    SELECT r.workspace_id, b.what || t.part, r.survey, date_trunc('hour', b.at, 'UTC'), t.key, sum(r.sign)
    FROM (
        SELECT 1 AS sign, workspace_id, survey, score, sentiment, themes, sent_at, answered_at FROM added
        UNION ALL SELECT -1, workspace_id, survey, score, sentiment, themes, sent_at, answered_at FROM gone
      ) AS r CROSS JOIN LATERAL (VALUES ('sent', r.sent_at), ('answered', r.answered_at)) AS b(what, at)
      CROSS JOIN LATERAL tally_answer(r.score, r.sentiment, r.themes) AS t
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(r.sign) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "tally_prompts"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_changes (workspace_id, what, survey, hour, key, n)
    SELECT p.workspace_id, t.what, t.of, date_trunc('hour', t.at, 'UTC'), t.key, count(*)
    FROM (SELECT a.*, (SELECT i.closed_at FROM interactions AS i WHERE i.id = a.interaction_id) AS closed_at FROM added AS a) AS p
      CROSS JOIN LATERAL tally_prompt(p.survey, p.status, p.late, p.reason, p.sent_at, p.answered_at, p.declined_at, p.ended_at, p.agent, p.channel,
        p.closed_at) AS t
    GROUP BY 1, 2, 3, 4, 5;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO tally_changes (workspace_id, what, survey, hour, key, n)
    SELECT p.workspace_id, t.what, t.of, date_trunc('hour', t.at, 'UTC'), t.key, -count(*)
    FROM (SELECT g.*, (SELECT i.closed_at FROM interactions AS i WHERE i.id = g.interaction_id) AS closed_at FROM gone AS g) AS p
      CROSS JOIN LATERAL tally_prompt(p.survey, p.status, p.late, p.reason, p.sent_at, p.answered_at, p.declined_at, p.ended_at, p.agent, p.channel,
        p.closed_at) AS t
    WHERE t.at IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5;
  ELSE
    INSERT INTO tally_changes (workspace_id, what, survey, hour, key, n)
    SELECT p.workspace_id, t.what, t.of, date_trunc('hour', t.at, 'UTC'), t.key, sum(p.sign)
    FROM (
        SELECT c.*, (SELECT i.closed_at FROM interactions AS i WHERE i.id = c.interaction_id) AS closed_at FROM (
          SELECT 1 AS sign, workspace_id, interaction_id, survey, status, late, reason, sent_at, answered_at, declined_at, ended_at, agent, channel FROM added
          UNION ALL
          SELECT -1, workspace_id, interaction_id, survey, status, late, reason, sent_at, answered_at, declined_at, ended_at, agent, channel FROM gone
        ) AS c
      ) AS p
      CROSS JOIN LATERAL tally_prompt(p.survey, p.status, p.late, p.reason, p.sent_at, p.answered_at, p.declined_at, p.ended_at, p.agent, p.channel,
        p.closed_at) AS t
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(p.sign) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "responses_tally_added" AFTER INSERT ON "responses" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_responses"();
CREATE TRIGGER "responses_tally_changed" AFTER UPDATE ON "responses" REFERENCING OLD TABLE AS gone NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_responses"();
CREATE TRIGGER "responses_tally_gone" AFTER DELETE ON "responses" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_responses"();
CREATE TRIGGER "prompts_tally_added" AFTER INSERT ON "prompts" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_prompts"();
CREATE TRIGGER "prompts_tally_changed" AFTER UPDATE ON "prompts" REFERENCING OLD TABLE AS gone NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_prompts"();
CREATE TRIGGER "prompts_tally_gone" AFTER DELETE ON "prompts" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_prompts"();

-- What there is already.
INSERT INTO "tallies" ("workspace_id", "what", "survey", "grain", "begins_at", "counts")
SELECT workspace_id, what, survey, grain, begins_at, jsonb_object_agg(key, n) FROM (
  SELECT w.id AS workspace_id, f.what, f.survey, g.grain, date_trunc(g.grain, f.hour, 'UTC') AS begins_at, f.key, sum(f.n) AS n
  FROM "workspaces" AS w CROSS JOIN LATERAL tally_facts(w.id, '-infinity', 'infinity') AS f CROSS JOIN (VALUES ('hour'), ('day')) AS g(grain)
  GROUP BY 1, 2, 3, 4, 5, 6
) AS counted GROUP BY 1, 2, 3, 4, 5;

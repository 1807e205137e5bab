-- AlterTable
ALTER TABLE "responses" ADD COLUMN "classified_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "classifications" (
    "response_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "classifier" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sentiment" TEXT,
    "confidence" REAL,
    "language" TEXT,
    "themes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "conflict" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "classifications_pkey" PRIMARY KEY ("response_id","revision","classifier")
);

-- AddForeignKey
ALTER TABLE "classifications" ADD CONSTRAINT "classifications_response_id_fkey" FOREIGN KEY ("response_id") REFERENCES "responses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on.

-- What a response said before it was read anew, or edited, is kept whichever way that came: who said it, of which revision, and when.
CREATE FUNCTION "keep_classification"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO classifications (response_id, revision, classifier, workspace_id, sentiment, confidence, language, themes, conflict, at)
  VALUES (OLD.id, OLD.revision, OLD.classifier, OLD.workspace_id, OLD.sentiment, OLD.confidence, OLD.language, OLD.themes, OLD.conflict,
    coalesce(OLD.classified_at, OLD.answered_at))
  ON CONFLICT (response_id, revision, classifier) DO UPDATE SET sentiment = excluded.sentiment, confidence = excluded.confidence,
    language = excluded.language, themes = excluded.themes, conflict = excluded.conflict, at = excluded.at;
  RETURN NULL;
END $$;

CREATE TRIGGER "responses_reading_kept" AFTER UPDATE ON "responses" FOR EACH ROW
  WHEN (OLD.verbatim IS NOT NULL AND OLD.classifier IS NOT NULL
    AND (OLD.classifier IS DISTINCT FROM NEW.classifier OR OLD.revision <> NEW.revision))
  EXECUTE FUNCTION "keep_classification"();

-- A larger model may be asked what an answer says that the built-in classifier is not sure of.
ALTER TABLE "work" DROP CONSTRAINT "work_kind_check";
ALTER TABLE "work" ADD CONSTRAINT "work_kind_check" CHECK ("kind" IN (
  'deliver', 'remind', 'expire', 'repaint', 'alert', 'refresh', 'digest', 'reprint', 'notice', 'nudge', 'escalate', 'confirm', 'reconsider'));

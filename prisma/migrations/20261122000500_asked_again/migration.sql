-- A typed answer that is not clear is asked about once more, and once only.
ALTER TABLE "prompts" ADD COLUMN "asked_again_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "people" ADD COLUMN "language" TEXT;

-- AlterTable
ALTER TABLE "codes" ADD COLUMN "person_id" UUID;

-- CreateIndex
CREATE INDEX "codes_person_id_idx" ON "codes"("person_id");

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on.

-- A code either connects a chat to a workspace, or links a person to the one who made it.
ALTER TABLE "codes" DROP CONSTRAINT "codes_purpose_check";
ALTER TABLE "codes" ADD CONSTRAINT "codes_purpose_check" CHECK (
  ("purpose" = 'connect' AND "person_id" IS NULL) OR ("purpose" = 'link' AND "person_id" IS NOT NULL));

-- The words of a period by what they say and what about, and by how many people, without reading the answers themselves.
DROP INDEX "responses_words_idx";
CREATE INDEX "responses_words_idx" ON "responses"("workspace_id", "survey", "answered_at" DESC, "id")
  INCLUDE ("sentiment", "themes", "person_id") WHERE "verbatim" IS NOT NULL;

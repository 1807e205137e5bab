-- CreateIndex
CREATE INDEX "follow_ups_workspace_id_person_id_number_idx" ON "follow_ups"("workspace_id", "person_id", "number");

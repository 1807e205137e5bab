-- Who has a case can be reached, and the customer is asked whether it is solved.
ALTER TABLE "follow_ups" ADD COLUMN "confirmation" JSONB, ADD COLUMN "owner_ref" JSONB;

-- The team is reminded of a case before its time is up and told when it is; the customer is asked when it is closed.
ALTER TABLE "work" DROP CONSTRAINT "work_kind_check";
ALTER TABLE "work" ADD CONSTRAINT "work_kind_check" CHECK ("kind" IN (
  'deliver', 'remind', 'expire', 'repaint', 'alert', 'refresh', 'digest', 'notice', 'nudge', 'escalate', 'confirm'));

-- Who has a case can be reached only while somebody has it.
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_ref_check" CHECK ("owner_ref" IS NULL OR "status" = 'claimed');

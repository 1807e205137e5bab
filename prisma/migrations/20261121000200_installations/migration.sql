-- AlterTable
ALTER TABLE "installations" ADD COLUMN     "installer" TEXT;

-- CreateTable
CREATE TABLE "hash_keys" (
    "id" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "hash_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_messages" (
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "thread" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_messages_pkey" PRIMARY KEY ("platform","installation","channel","message")
);

-- CreateTable
CREATE TABLE "echoes" (
    "platform" TEXT NOT NULL,
    "installation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "echoes_pkey" PRIMARY KEY ("platform","installation","key")
);

-- CreateTable
CREATE TABLE "budgets" (
    "name" TEXT NOT NULL,
    "paid_until" DOUBLE PRECISION NOT NULL,
    "paused_until" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "budgets_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "codes" (
    "hash" BYTEA NOT NULL,
    "workspace_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "codes_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "notices_workspace_id_platform_installation_kind_subject_key" ON "notices"("workspace_id", "platform", "installation", "kind", "subject");

-- CreateIndex
CREATE INDEX "conversation_messages_platform_installation_channel_thread_idx" ON "conversation_messages"("platform", "installation", "channel", "thread");

-- CreateIndex
CREATE INDEX "conversation_messages_at_idx" ON "conversation_messages"("at");

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand.

-- Taking a call writes nothing that must survive a crash, so it need not wait for the disk. One row changes all the time: room on its own page.
ALTER TABLE "budgets" SET UNLOGGED;
ALTER TABLE "budgets" SET (fillfactor = 40);

-- What stands in an index must fit into one of its entries (2,704 bytes).
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_size_check" CHECK (octet_length("name") <= 1024);
ALTER TABLE "conversation_messages" ADD CONSTRAINT "conversation_messages_size_check" CHECK (
  octet_length("installation") <= 600 AND octet_length("channel") <= 600 AND octet_length("thread") <= 600 AND octet_length("message") <= 600);
ALTER TABLE "echoes" ADD CONSTRAINT "echoes_size_check" CHECK (octet_length("installation") <= 600 AND octet_length("key") <= 600);
ALTER TABLE "notices" ADD CONSTRAINT "notices_size_check" CHECK (octet_length("installation") <= 600 AND octet_length("subject") <= 800);

ALTER TABLE "codes" ADD CONSTRAINT "codes_purpose_check" CHECK ("purpose" IN ('connect'));

ALTER TABLE "work" DROP CONSTRAINT "work_kind_check";
ALTER TABLE "work" ADD CONSTRAINT "work_kind_check" CHECK (
  "kind" IN ('deliver', 'remind', 'expire', 'repaint', 'alert', 'refresh', 'digest', 'notice'));

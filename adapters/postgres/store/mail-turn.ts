// Who may take the next number of a workspace's mailbox: one writer at a time, from before the number is taken until it is visible.

/**
 * A CTE that waits for the turn; `$1` is the workspace. Without it a later number could be seen first, and a cursor would pass over the earlier
 * one for ever. The transaction that took it holds it, so take it before any row that others write.
 */
export const IN_TURN = `turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended('mailbox:' || $1::uuid::text, 0)))`;

/** To be read after the turn was taken. */
export const NEXT_CHANGE = `nextval(pg_get_serial_sequence('mail_messages', 'change'))`;

/**
 * What a message answers, the thread that it stands in, and whom it concerns; of the first of a thread, what is told of the
 * others. Only replies that are there have a thread: of a deleted one nothing of that is left.
 */
export const REPLIES = `ALTER TABLE messages ADD COLUMN reply_to INTEGER;
   ALTER TABLE messages ADD COLUMN thread INTEGER;
   ALTER TABLE messages ADD COLUMN concerns TEXT NOT NULL DEFAULT '';
   ALTER TABLE messages ADD COLUMN replies TEXT NOT NULL DEFAULT '';
   CREATE INDEX messages_by_thread ON messages (room_id, thread, seq, author_id) WHERE thread IS NOT NULL;
   ALTER TABLE purged ADD COLUMN reply_to INTEGER;
   ALTER TABLE purged ADD COLUMN thread INTEGER;
   ALTER TABLE purged ADD COLUMN concerns TEXT NOT NULL DEFAULT '';
   ALTER TABLE withdrawn ADD COLUMN reply_to INTEGER;
   ALTER TABLE withdrawn ADD COLUMN thread INTEGER;
   ALTER TABLE withdrawn ADD COLUMN concerns TEXT NOT NULL DEFAULT '';`

/**
 * What a message tells of the page that it links to stands on its row, with when that was asked; it goes with its message, and as long as it is
 * there, it spares others the asking. So nothing is remembered of an address that nobody has written.
 */
export const PREVIEWS = `ALTER TABLE rooms ADD COLUMN previews INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE messages ADD COLUMN preview TEXT NOT NULL DEFAULT '';
   ALTER TABLE purged ADD COLUMN preview TEXT NOT NULL DEFAULT '';
   ALTER TABLE withdrawn ADD COLUMN preview TEXT NOT NULL DEFAULT '';
   CREATE INDEX messages_by_link ON messages (preview ->> '$.url', preview ->> '$.at') WHERE preview <> '';`

/** Whose words a message repeats, and what it lets people vote for, as it tells it; both are kept aside with its text. */
export const POLLS = `ALTER TABLE messages ADD COLUMN forwarded TEXT NOT NULL DEFAULT '';
   ALTER TABLE messages ADD COLUMN poll TEXT NOT NULL DEFAULT '';
   ALTER TABLE purged ADD COLUMN forwarded TEXT NOT NULL DEFAULT '';
   ALTER TABLE purged ADD COLUMN poll TEXT NOT NULL DEFAULT '';
   ALTER TABLE withdrawn ADD COLUMN forwarded TEXT NOT NULL DEFAULT '';
   ALTER TABLE withdrawn ADD COLUMN poll TEXT NOT NULL DEFAULT '';`

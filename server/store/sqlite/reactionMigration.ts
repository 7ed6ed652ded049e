/** Who reacted to a message, as it tells it; and by person, so that it is found when they are gone. */
export const REACTIONS = `ALTER TABLE messages ADD COLUMN reactions TEXT NOT NULL DEFAULT '';
   ALTER TABLE purged ADD COLUMN reactions TEXT NOT NULL DEFAULT '';
   ALTER TABLE withdrawn ADD COLUMN reactions TEXT NOT NULL DEFAULT '';
   CREATE TABLE reacted (
     person_id TEXT NOT NULL REFERENCES people (id),
     room_id TEXT NOT NULL REFERENCES rooms (id),
     seq INTEGER NOT NULL,
     PRIMARY KEY (person_id, room_id, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX reacted_by_room ON reacted (room_id, seq);`

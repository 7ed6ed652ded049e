import { useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { Ending } from '../rooms/Care.tsx'
import { useRoomActions } from '../rooms/useRoomActions.ts'
import { useRoomList } from '../rooms/useRoomList.ts'
import { ListPage } from '../shell/ListPage.tsx'
import { focusTitle } from '../shell/Page.tsx'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import '../ui/Listing.css'

/** Every room that is not private to others, however many there are, for those who look after the place. */
export function PlaceRooms() {
  const { join } = useRoomActions()
  const [, navigate] = useLocation()
  const { archived, setArchived, rooms, ...list } = useRoomList()

  // What had the focus may be gone with its row.
  useEffect(() => {
    if (document.activeElement === document.body) focusTitle()
  }, [rooms?.length])

  async function enter(roomId: string) {
    const answer = await join(roomId)
    if (answer.ok) navigate(`/r/${roomId}`)
    else list.setProblem(answer.error.message)
  }

  return (
    <ListPage title={words.rooms} name="place-rooms" list={list} none={rooms?.length === 0 && more.noSuchRoom}>
      <div className="row">
        <div className="wide listing">
          <div className="find">
            <Field
              bare
              type="search"
              label={more.findRoom}
              placeholder={more.findRoom}
              autoComplete="off"
              value={list.query}
              onChange={({ target }) => list.setQuery(target.value)}
            />
          </div>
          <Choice
            label={more.whichRooms}
            bare
            value={archived}
            options={[
              [false, more.publicRooms],
              [true, more.archivedRooms],
            ]}
            onChange={setArchived}
          />
          {rooms && rooms.length > 0 && (
            <table aria-label={words.rooms}>
              <thead>
                <tr>
                  <th scope="col">{more.theName}</th>
                  <th scope="col">{words.people}</th>
                  <th scope="col">
                    <span className="unseen">{more.theActions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rooms.map(({ room, members, joined }) => (
                  <tr key={room.id}>
                    <th scope="row">
                      <span>
                        <bdi>{room.name}</bdi>
                        {room.topic && <small>{room.topic}</small>}
                      </span>
                    </th>
                    <td>{members}</td>
                    <td>
                      {joined && (
                        <Link className="button" href={`/r/${room.id}`} aria-label={`${more.open} ${room.name}`}>
                          {more.open}
                        </Link>
                      )}
                      {!joined && !room.archived && (
                        <Button aria-label={`${more.join} ${room.name}`} onClick={() => void enter(room.id)}>
                          {more.join}
                        </Button>
                      )}
                      {room.archived && <Ending room={room} onProblem={list.setProblem} onDone={list.reload} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </div>
    </ListPage>
  )
}

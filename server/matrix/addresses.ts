/** Whether asked by nobody, by a page elsewhere in an owner's browser, by a member, by an owner. HTTP statuses. */
type Expected = { anonymous: number; elsewhere: number; member: number; owner: number }
export type Endpoint = { expected: Expected; body?: unknown }

const to = (anonymous: number, elsewhere: number, member: number, owner = member): Expected => ({
  anonymous,
  elsewhere,
  member,
  owner,
})

const token = 'none'
const password = 'four words at least'
const passkey = {
  id: 'x',
  rawId: 'x',
  type: 'public-key',
  response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' },
}

/** Everything that is spoken over plain HTTP. What is only read there may be asked for by any page: the answer is for ours. */
export const endpoints: Record<string, Endpoint> = {
  'GET /healthz': { expected: to(200, 200, 200) },
  'GET /readyz': { expected: to(200, 200, 200) },
  // Who is in the place, and as what, is nothing to it.
  'GET /metrics': { expected: to(401, 401, 401) },
  'GET /api/place': { expected: to(200, 200, 200) },
  'POST /api/owner': { body: { token, place: 'Mine', name: 'Mallory' }, expected: to(404, 403, 404) },
  'POST /api/people': { body: { name: 'Somebody new' }, expected: to(201, 403, 200) },
  'PUT /api/me/picture': { body: 'no picture', expected: to(401, 403, 400) },
  'DELETE /api/me/picture': { expected: to(401, 403, 200) },
  'GET /api/pictures/:hash': { expected: to(401, 404, 404) },
  'PUT /api/emoji/:name': { body: 'no picture', expected: to(401, 403, 403, 400) },
  'POST /api/uploads': { body: { roomId: 'nowhere', name: 'x', size: 1 }, expected: to(401, 403, 404) },
  'GET /api/uploads/:id': { expected: to(401, 404, 404) },
  'PATCH /api/uploads/:id': { body: 'x', expected: to(401, 403, 404) },
  'DELETE /api/uploads/:id': { expected: to(401, 403, 404) },
  'GET /api/files/:id': { expected: to(401, 404, 404) },
  'GET /api/files/:id/small': { expected: to(401, 404, 404) },
  'POST /api/invite': { body: { token }, expected: to(404, 403, 404) },
  'POST /api/sign-in': { body: { token }, expected: to(404, 403, 404) },
  'POST /api/account/sign-in': { body: { name: 'Person 1', password }, expected: to(401, 403, 401) },
  'POST /api/account/passkey-options': { body: {}, expected: to(200, 403, 200) },
  'POST /api/account/passkey': { body: { passkey }, expected: to(401, 403, 401) },
  'POST /api/account/whose': { body: { key: { link: token } }, expected: to(404, 403, 404) },
  'POST /api/account/reset': { body: { key: { link: token }, password }, expected: to(404, 403, 404) },
  'POST /api/sso': { body: {}, expected: to(404, 403, 404) },
  'POST /api/sso/finish': { body: { query: 'code=x&state=x' }, expected: to(404, 403, 404) },
  'GET /api/audit': { expected: to(401, 403, 403, 200) },
  // The last: they are nobody afterwards.
  'POST /api/sign-out': { expected: to(200, 403, 200) },
}

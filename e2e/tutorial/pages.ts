/** Three generations of the chat page that the Socket.IO tutorial builds, as a newcomer would have written them. */

const head = '<!doctype html><meta charset="utf-8"><title>Chat</title>'
const body =
  '<ul id="messages"></ul><form id="form"><input id="input" aria-label="Message"><button>Send</button></form>'

/** The first: jQuery's days, in plain script. Nothing but a string each way. */
export const original = `${head}${body}
<script src="/socket.io/socket.io.js"></script>
<script>
  var socket = io()
  var input = document.getElementById('input')
  document.getElementById('form').addEventListener('submit', function (event) {
    event.preventDefault()
    if (!input.value) return
    socket.emit('chat message', input.value)
    input.value = ''
  })
  socket.on('chat message', function (text) {
    var item = document.createElement('li')
    item.textContent = text
    document.getElementById('messages').appendChild(item)
    window.scrollTo(0, document.body.scrollHeight)
  })
</script>`

/** The second: the same in the style of 2021, with a button that cuts the line. */
export const toggling = `${head}${body}<button id="toggle" type="button">Disconnect</button>
<script src="/socket.io/socket.io.js"></script>
<script>
  const socket = io()
  const input = document.querySelector('#input')
  document.querySelector('#toggle').addEventListener('click', (event) => {
    if (socket.connected) { event.target.innerText = 'Connect'; socket.disconnect() }
    else { event.target.innerText = 'Disconnect'; socket.connect() }
  })
  document.querySelector('#form').addEventListener('submit', (event) => {
    event.preventDefault()
    if (input.value) { socket.emit('chat message', input.value); input.value = '' }
  })
  socket.on('chat message', (text) => {
    const item = document.createElement('li')
    item.textContent = text
    document.querySelector('#messages').append(item)
  })
</script>`

/** The present one: an offset of its own with each message, retries, and what the server last told it. */
export const exactlyOnce = `${head}${body}
<script src="/socket.io/socket.io.js"></script>
<script>
  let counter = 0
  const socket = io({ auth: { serverOffset: 0 }, ackTimeout: 10000, retries: 3 })
  const input = document.querySelector('#input')
  document.querySelector('#form').addEventListener('submit', (event) => {
    event.preventDefault()
    if (!input.value) return
    const clientOffset = socket.id + '-' + counter++
    socket.emit('chat message', input.value, clientOffset)
    input.value = ''
  })
  socket.on('chat message', (text, serverOffset) => {
    const item = document.createElement('li')
    item.textContent = text
    document.querySelector('#messages').append(item)
    socket.auth.serverOffset = serverOffset
  })
</script>`

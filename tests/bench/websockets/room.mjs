// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of chat.py: a chat room on Node's http and ws. A POST is a message; it goes to every WebSocket in the shape of Patio's event, of
// which EVENT is an example. Nothing is stored, nobody is asked who they are, and what is missed is gone.
//
// node room.mjs EVENT    prints its port, runs until its standard input ends
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { WebSocketServer } from 'ws'

const example = JSON.parse(readFileSync(process.argv[2], 'utf8'))
let sequence = 0

const server = http.createServer((request, response) => {
  const parts = []
  request.on('data', part => parts.push(part))
  request.on('end', () => {
    const { text, clientId } = JSON.parse(Buffer.concat(parts).toString())
    const time = new Date().toISOString()
    ++sequence
    const message = { ...example.data, id: randomUUID(), clientId, text, sequence, createdAt: time, updatedAt: time }
    // One buffer for all of them: the quickest that ws offers.
    const event = Buffer.from(JSON.stringify({ ...example, sequence, time, data: message }))
    for (const client of room.clients) if (client.readyState === 1) client.send(event, { binary: false })
    const body = Buffer.from(JSON.stringify(message))
    response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body)
  })
})
server.keepAliveTimeout = 600_000
const room = new WebSocketServer({ server, perMessageDeflate: false })
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()

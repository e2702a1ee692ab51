// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of http_server.py: Node's own HTTP server with the same answer as bench_http_server. Prints its port, runs until its standard
// input ends.
import http from 'node:http'

const body = '{"id":1,"name":"patio","active":true}'
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
})
// As the other side, it keeps idle connections for longer than a measurement takes; Node's default is 5 seconds.
server.keepAliveTimeout = 600_000
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()

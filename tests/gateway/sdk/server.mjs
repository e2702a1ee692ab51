// SPDX-License-Identifier: GPL-3.0-or-later
// A real server with a gateway key, in front of a provider that speaks the wire formats.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const { PATIOD, PROVIDER } = process.env
assert.ok(PATIOD && PROVIDER, 'PATIOD and PROVIDER name the programs')
const children = []
let folder, provider, planned = 0

export const server = { base: '', key: '', narrowKey: '' } // of the gateway; the narrow one is for demo/* alone

const freePort = () => new Promise(resolve => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
        const { port } = listener.address()
        listener.close(() => resolve(port))
    })
})

const until = async condition => {
    for (let i = 0; i < 2400; ++i) {
        if (await condition()) return
        await new Promise(resolve => setTimeout(resolve, 50))
    }
    assert.fail('it did not come to be')
}

export async function start() {
    folder = mkdtempSync(join(tmpdir(), 'patio-sdk-'))
    chmodSync(folder, 0o755)
    const upstream = spawn(PROVIDER, [], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(upstream)
    const port = await new Promise(resolve => createInterface(upstream.stdout).once('line', resolve))
    provider = `http://127.0.0.1:${port}`
    const listen = `127.0.0.1:${await freePort()}`
    server.base = `http://${listen}`
    const environment = {
        ...process.env,
        OPENAI_API_KEY: 'sk-of-the-server', OPENAI_BASE_URL: `${provider}/v1`,
        ANTHROPIC_API_KEY: 'sk-of-the-server', ANTHROPIC_BASE_URL: provider,
        GEMINI_API_KEY: 'sk-of-the-server', GEMINI_BASE_URL: provider,
    }
    children.push(spawn(PATIOD, ['serve', '--demo', '--listen', listen, '--data', join(folder, 'data'), '--log-level', 'warning'],
        { env: environment, stdio: ['ignore', 'inherit', 'inherit'] }))
    await until(async () => (await fetch(`${server.base}/readyz`).catch(() => ({}))).ok)
    const tenant = JSON.parse(readFileSync(join(folder, 'data/demo.json'))).tenants.find(one => one.slug === 'acme')
    const owner = tenant.users.find(user => user.role === 'owner' || user.role === 'tenant-owner') ?? tenant.users[0]
    const post = (path, body, token) => fetch(server.base + path, {
        method: 'POST', body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    }).then(answer => answer.json())
    const { accessToken } = await post('/api/v1/auth/login', { tenant: 'acme', email: owner.email, password: owner.password })
    server.key = (await post('/api/v1/gateway-keys', { name: 'SDKs' }, accessToken)).secret
    server.narrowKey = (await post('/api/v1/gateway-keys', { name: 'Demo only', models: ['demo/*'] }, accessToken)).secret
    assert.match(server.key, /^patio_key_/)
}

export async function stop() {
    for (const child of children.reverse()) {
        child.kill('SIGTERM')
        await new Promise(resolve => child.exitCode !== null ? resolve() : child.once('exit', resolve))
    }
    rmSync(folder, { recursive: true, force: true })
}

// How often the provider was asked for a model.
export const requestsFor = async model => (await (await fetch(`${provider}/__stats`)).json()).models[model]?.requests ?? 0

// A model of the provider's that answers the next request with that text, or calls its tool with it.
export async function modelThatSays(text) {
    const model = `says-${++planned}`
    const answer = await fetch(`${provider}/__control`, { method: 'POST', body: JSON.stringify({ behaviours: [{ kind: 'ok', model, text, arguments: text }] }) })
    assert.equal(answer.status, 200)
    return model
}

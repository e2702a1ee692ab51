// SPDX-License-Identifier: GPL-3.0-or-later
// The official libraries of OpenAI and Anthropic against a real server, in front of a provider that speaks the wire formats: each
// library with each provider, whole and streamed, with tools, schemas, images, errors and retries.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test, { after, before } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

const { PATIOD, PROVIDER } = process.env
assert.ok(PATIOD && PROVIDER, 'PATIOD and PROVIDER name the programs')
const providers = ['openai', 'anthropic', 'google']
const weather = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const children = []
let folder, base, provider, openai, anthropic

const freePort = () => new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address()
        server.close(() => resolve(port))
    })
})

const until = async condition => {
    for (let i = 0; i < 600; ++i) {
        if (await condition()) return
        await new Promise(resolve => setTimeout(resolve, 50))
    }
    assert.fail('it did not come to be')
}

const stats = async () => (await fetch(`${provider}/__stats`)).json()

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'patio-sdk-'))
    chmodSync(folder, 0o755)
    const upstream = spawn(PROVIDER, [], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(upstream)
    const [port] = await new Promise(resolve => createInterface(upstream.stdout).once('line', line => resolve([Number(line)])))
    provider = `http://127.0.0.1:${port}`
    const listen = `127.0.0.1:${await freePort()}`
    base = `http://${listen}`
    const environment = {
        ...process.env,
        OPENAI_API_KEY: 'sk-of-the-server', OPENAI_BASE_URL: `${provider}/v1`,
        ANTHROPIC_API_KEY: 'sk-of-the-server', ANTHROPIC_BASE_URL: provider,
        GEMINI_API_KEY: 'sk-of-the-server', GEMINI_BASE_URL: provider,
    }
    children.push(spawn(PATIOD, ['serve', '--demo', '--listen', listen, '--data', join(folder, 'data'), '--log-level', 'warning'],
        { env: environment, stdio: ['ignore', 'inherit', 'inherit'] }))
    await until(async () => (await fetch(`${base}/readyz`).catch(() => ({}))).ok)
    const tenant = JSON.parse(readFileSync(join(folder, 'data/demo.json'))).tenants.find(one => one.slug === 'acme')
    const owner = tenant.users.find(user => user.role === 'owner' || user.role === 'tenant-owner') ?? tenant.users[0]
    const post = (path, body, token) => fetch(base + path, {
        method: 'POST', body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    }).then(answer => answer.json())
    const { accessToken } = await post('/api/v1/auth/login', { tenant: 'acme', email: owner.email, password: owner.password })
    const { secret } = await post('/api/v1/gateway-keys', { name: 'SDKs' }, accessToken)
    assert.match(secret, /^patio_key_/)
    openai = new OpenAI({ apiKey: secret, baseURL: `${base}/v1` })
    anthropic = new Anthropic({ apiKey: secret, baseURL: base })
})

after(async () => {
    for (const child of children.reverse()) {
        child.kill('SIGTERM')
        await new Promise(resolve => child.exitCode !== null ? resolve() : child.once('exit', resolve))
    }
    rmSync(folder, { recursive: true, force: true })
})

test('OpenAI lists the models', async () => {
    const names = []
    for await (const model of openai.models.list()) names.push(model.id)
    assert.ok(names.includes('demo/echo'), names.join())
    assert.equal((await openai.models.retrieve('demo/echo')).id, 'demo/echo')
})

for (const name of providers) {
    test(`OpenAI's chat by ${name}: whole`, async () => {
        const answer = await openai.chat.completions.create({ model: `${name}/test-ok`, messages: [{ role: 'user', content: 'one two' }] })
        assert.equal(answer.choices[0].message.content, 'Answer to: one two')
        assert.equal(answer.choices[0].finish_reason, 'stop')
        assert.ok(answer.usage.prompt_tokens > 0 && answer.usage.completion_tokens > 0)
        assert.ok(answer._request_id)
    })

    test(`OpenAI's chat by ${name}: streamed`, async () => {
        const stream = openai.chat.completions.stream({
            model: `${name}/test-ok`, messages: [{ role: 'user', content: 'one two' }], stream_options: { include_usage: true },
        })
        let text = ''
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
        assert.equal(text, 'Answer to: one two')
        const answer = await stream.finalChatCompletion()
        assert.equal(answer.choices[0].message.content, text)
        assert.ok(answer.usage.completion_tokens > 0)
    })

    test(`OpenAI's chat by ${name}: tools, streamed, and their results`, async () => {
        const tools = [{ type: 'function', function: { name: 'weather', description: 'Of a city', parameters: weather } }]
        const messages = [{ role: 'user', content: 'How is the weather?' }]
        const asked = await openai.chat.completions.stream({ model: `${name}/test-tool`, messages, tools }).finalChatCompletion()
        assert.equal(asked.choices[0].finish_reason, 'tool_calls')
        const [call] = asked.choices[0].message.tool_calls
        assert.equal(call.function.name, 'weather')
        JSON.parse(call.function.arguments)
        const { role, content, tool_calls } = asked.choices[0].message
        const answer = await openai.chat.completions.create({
            model: `${name}/test-ok`, tools,
            messages: [...messages, { role, content, tool_calls }, { role: 'tool', tool_call_id: call.id, content: 'Rain' }],
        })
        assert.equal(answer.choices[0].finish_reason, 'stop')
    })

    test(`OpenAI's chat by ${name}: a schema and an image`, async () => {
        const answer = await openai.chat.completions.create({
            model: `${name}/test-ok`,
            messages: [{ role: 'user', content: [{ type: 'text', text: 'what is this' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } }] }],
            response_format: { type: 'json_schema', json_schema: { name: 'thing', schema: { ...weather, additionalProperties: false }, strict: true } },
        })
        assert.equal(answer.choices[0].finish_reason, 'stop')
    })

    test(`Anthropic's messages by ${name}: whole`, async () => {
        const answer = await anthropic.messages.create({ model: `${name}/test-ok`, max_tokens: 100, messages: [{ role: 'user', content: 'one two' }] })
        assert.equal(answer.content[0].text, 'Answer to: one two')
        assert.equal(answer.stop_reason, 'end_turn')
        assert.ok(answer.usage.input_tokens > 0 && answer.usage.output_tokens > 0)
    })

    test(`Anthropic's messages by ${name}: streamed`, async () => {
        const stream = anthropic.messages.stream({ model: `${name}/test-ok`, max_tokens: 100, system: 'Be short.', messages: [{ role: 'user', content: 'one two' }] })
        let text = ''
        stream.on('text', piece => { text += piece })
        const answer = await stream.finalMessage()
        assert.equal(text, 'Answer to: one two')
        assert.equal(answer.content[0].text, text)
        assert.equal(answer.stop_reason, 'end_turn')
        assert.ok(answer.usage.output_tokens > 0)
    })

    test(`Anthropic's messages by ${name}: two tools, streamed, and their results`, async () => {
        const tools = ['weather', 'news'].map(tool => ({ name: tool, description: 'Of a city', input_schema: weather }))
        const messages = [{ role: 'user', content: 'How is the weather, and what is new?' }]
        const asked = await anthropic.messages.stream({ model: `${name}/test-tools-2`, max_tokens: 100, tools, messages }).finalMessage()
        assert.equal(asked.stop_reason, 'tool_use')
        const uses = asked.content.filter(block => block.type === 'tool_use')
        assert.deepEqual(uses.map(use => use.name), ['weather', 'news'])
        for (const use of uses) assert.equal(typeof use.input, 'object')
        const results = uses.map(use => ({ type: 'tool_result', tool_use_id: use.id, content: 'Rain' }))
        const answer = await anthropic.messages.create({
            model: `${name}/test-ok`, max_tokens: 100, tools,
            messages: [...messages, { role: 'assistant', content: asked.content }, { role: 'user', content: results }],
        })
        assert.equal(answer.stop_reason, 'end_turn')
    })

    test(`${name}: what may work is tried again, by either library`, async () => {
        const before = (await stats()).requests ?? 0
        const chat = await openai.chat.completions.create({ model: `${name}/test-429-after-50ms-once`, messages: [{ role: 'user', content: `again ${before}` }] })
        assert.equal(chat.choices[0].finish_reason, 'stop')
        const message = await anthropic.messages.create({ model: `${name}/test-500-once`, max_tokens: 10, messages: [{ role: 'user', content: `again ${before}` }] })
        assert.ok(message.stop_reason)
    })

    test(`${name}: what cannot work is not tried again, and is the library's own kind of error`, async () => {
        await assert.rejects(openai.chat.completions.create({ model: `${name}/test-quota`, messages: [{ role: 'user', content: 'x' }] }),
            error => error instanceof OpenAI.RateLimitError && error.code === 'insufficient_quota')
        await assert.rejects(anthropic.messages.create({ model: `${name}/test-quota`, max_tokens: 10, messages: [{ role: 'user', content: 'x' }] }),
            error => error instanceof Anthropic.RateLimitError)
    })

    test(`${name}: a stream that breaks is an error, and no short answer`, async () => {
        await assert.rejects(async () => {
            for await (const _ of await openai.chat.completions.create({ model: `${name}/test-cut-after-3`, stream: true, messages: [{ role: 'user', content: 'one two three four' }] }));
        })
        await assert.rejects(anthropic.messages.stream({ model: `${name}/test-cut-after-3`, max_tokens: 100, messages: [{ role: 'user', content: 'one two three four' }] }).finalMessage())
    })
}

for (const name of ['openai', 'google']) {
    test(`OpenAI's embeddings by ${name}`, async () => {
        const asNumbers = await openai.embeddings.create({ model: `${name}/test-ok`, input: ['first', 'second'], encoding_format: 'float' })
        const asUsual = await openai.embeddings.create({ model: `${name}/test-ok`, input: ['first', 'second'] })
        assert.equal(asUsual.data.length, 2)
        assert.ok(asUsual.data[0].embedding.length > 2)
        assert.deepEqual(asUsual.data[1].embedding.map(Math.fround), asNumbers.data[1].embedding.map(Math.fround))
    })
}

test('Anthropic counts tokens and lists models', async () => {
    const counted = await anthropic.messages.countTokens({ model: 'demo/fast', messages: [{ role: 'user', content: 'one two three' }] })
    assert.ok(counted.input_tokens > 0)
    const names = []
    for await (const model of anthropic.models.list()) names.push(model.id)
    assert.ok(names.includes('demo/echo'))
})

test('wrong keys and wrong requests are the libraries\' own errors', async () => {
    const stranger = { apiKey: 'sk-nobody', maxRetries: 0 }
    const hello = [{ role: 'user', content: 'hello' }]
    await assert.rejects(new OpenAI({ ...stranger, baseURL: `${base}/v1` }).chat.completions.create({ model: 'demo/fast', messages: hello }), OpenAI.AuthenticationError)
    await assert.rejects(new Anthropic({ ...stranger, baseURL: base }).messages.create({ model: 'demo/fast', max_tokens: 1, messages: hello }), Anthropic.AuthenticationError)
    await assert.rejects(openai.chat.completions.create({ model: 'nobody/x', messages: hello }), OpenAI.NotFoundError)
    await assert.rejects(openai.chat.completions.create({ model: 'demo/fast', messages: hello, temperature: 9 }),
        error => error instanceof OpenAI.BadRequestError && error.param === 'temperature')
    await assert.rejects(anthropic.messages.create({ model: 'demo/fast', messages: hello }), Anthropic.BadRequestError)
})

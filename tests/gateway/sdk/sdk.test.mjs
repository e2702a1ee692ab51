// SPDX-License-Identifier: GPL-3.0-or-later
// The libraries with which programs call models, against a real server in front of a provider that speaks the wire formats: each
// library with each provider, whole and streamed, with tools, schemas, images, vectors, errors and retries.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { messages } from './clients/anthropic.mjs'
import { generateContent, generateContentBeta } from './clients/google.mjs'
import { chat, responses } from './clients/openai.mjs'
import * as vercel from './clients/vercel.mjs'
import { modelThatSays, requestsFor, server, start, stop } from './server.mjs'

const libraries = [chat, responses, messages, generateContent, generateContentBeta, vercel.openAiResponses, vercel.openAiChat, vercel.anthropic, vercel.google]
const providers = ['openai', 'anthropic', 'google']
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }
const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

before(start)
after(stop)

for (const library of libraries) {
    const client = (retries = 0, key = server.key) => library.make({ base: server.base, key, retries })
    const lastError = error => error.lastError ?? error // Vercel's, once it has tried again in vain

    for (const provider of [...providers, 'demo']) {
        const isDemo = provider === 'demo'
        const title = `${library.name} by ${provider}`
        const good = isDemo ? 'demo/fast' : `${provider}/test-ok`
        const says = text => isDemo ? `This is a demo answer; no model was asked. You wrote: ${text}` : `Answer to: ${text}`

        test(`${title}: whole`, async () => {
            const answer = await client().whole({ model: good, text: 'one two' })
            assert.equal(answer.text, says('one two'))
            assert.equal(answer.reason, 'stop')
            assert.ok(answer.input > 0 && answer.output > 0)
        })

        test(`${title}: streamed`, async () => {
            const answer = await client().streamed({ model: isDemo ? 'demo/echo' : `${provider}/test-slow-stream-5ms`, text: 'one two' })
            assert.ok(answer.pieces.filter(Boolean).length > 1)
            assert.equal(answer.pieces.join(''), says('one two'))
            assert.equal(answer.text, says('one two'))
            assert.equal(answer.reason, 'stop')
            assert.ok(answer.input > 0 && answer.output > 0)
        })

        test(`${title}: cut to a length`, async () => {
            assert.equal((await client().whole({ model: good, text: 'one two three', limit: 3 })).reason, 'length')
        })

        test(`${title}: an image`, async () => {
            const answer = await client().whole({ model: good, text: 'what is this', image })
            assert.equal(answer.text, says(isDemo ? 'what is this [an image]' : 'what is this'))
        })

        for (const streamed of [false, true]) {
            test(`${title}: tools${streamed ? ', streamed,' : ''} and their results`, async () => {
                const { reason, calls, last } = await client().tools({
                    model: isDemo ? good : `${provider}/test-tools-2`, next: good, text: 'call weather, please', names: ['weather', 'news'], schema, streamed,
                })
                assert.equal(reason, 'tools')
                assert.deepEqual(calls.map(call => call.name), isDemo ? ['weather'] : ['weather', 'news'])
                for (const call of calls) assert.equal(typeof call.input, 'object')
                assert.equal(last.reason, 'stop')
                assert.match(last.text, /Result of weather/)
            })
        }

        if (!isDemo)
            test(`${title}: an answer by a schema`, async () => {
                const answer = await client().whole({ model: `${provider}/${await modelThatSays('{"city":"Lisbon"}')}`, text: 'which city', schema })
                assert.deepEqual(JSON.parse(answer.text), { city: 'Lisbon' })
            })

        if (library.embeds && provider !== 'anthropic') // which makes none
            test(`${title}: vectors`, async () => {
                const [first, second] = await client().embed({ model: isDemo ? 'demo/echo' : good, texts: ['first', 'second text'] })
                const [alone] = await client().embed({ model: isDemo ? 'demo/echo' : good, texts: ['second text'] })
                assert.ok(first.length > 2 && first.every(Number.isFinite))
                assert.notDeepEqual(first, second)
                assert.deepEqual(second.map(Math.fround), alone.map(Math.fround))
            })

        if (isDemo) continue

        test(`${title}: what fails is the library's own kind of error`, async () => {
            const rejects = (model, status) => assert.rejects(client().whole({ model: `${provider}/${model}`, text: `fail ${model}` }), error => library.isOwnError(error, status), `${model}: ${status}`)
            await rejects('test-404', 404)
            await rejects('test-429', 429)
            await rejects('test-quota', 429)
            await rejects('test-500', 502)
            await rejects('test-529', 503)
            await rejects('test-html', 502)
        })

        test(`${title}: what may work is tried again`, async () => {
            for (const model of ['test-429-after-50ms-once', 'test-500-once'])
                assert.equal((await client(2).whole({ model: `${provider}/${model}`, text: `again for ${title}` })).reason, 'stop')
        })

        test(`${title}: a stream that breaks is an error, and no short answer`, async () => {
            for (const model of ['test-cut-after-3', 'test-end-after-3', 'test-malformed', 'test-error-event'])
                await assert.rejects(client().streamed({ model: `${provider}/${model}`, text: 'one two three four' }), error => library.isStreamError(error), model)
        })

        test(`${title}: a stream that fails before it begins has a status`, async () => {
            await assert.rejects(client().streamed({ model: `${provider}/test-429`, text: 'one' }), error => library.isOwnError(lastError(error), 429))
        })
    }

    test(`${library.name}: wrong keys, models and requests`, async () => {
        const rejects = (given, status, key) => assert.rejects(client(0, key).whole({ model: 'demo/fast', text: 'hello', ...given }), error => library.isOwnError(error, status), `${status}`)
        await rejects({}, 401, 'sk-nobody')
        await rejects({ model: 'nobody/x' }, 404)
        await rejects({ model: 'demo/nothing' }, 404)
        await rejects({ model: 'openai/test-ok' }, 403, server.narrowKey)
        if (library !== vercel.anthropic) await rejects({ wrong: true }, 400) // which mends such numbers itself
    })
}

test('no library tries again what cannot work', async () => {
    for (const library of [chat, responses, messages]) {
        const model = 'test-quota', before = await requestsFor(model)
        await assert.rejects(library.make({ base: server.base, key: server.key, retries: 2 }).whole({ model: `openai/${model}`, text: 'x' }))
        assert.equal(await requestsFor(model), before + 1, library.name)
    }
})

test('OpenAI lists the models, and asks for vectors as numbers', async () => {
    const openai = new OpenAI({ apiKey: server.key, baseURL: `${server.base}/v1` })
    const names = []
    for await (const model of openai.models.list()) names.push(model.id)
    assert.ok(names.includes('demo/echo'), names.join())
    assert.equal((await openai.models.retrieve('demo/echo')).id, 'demo/echo')
    for (const model of ['openai/test-ok', 'google/test-ok', 'demo/echo']) {
        const question = { model, input: ['first', 'second'] }
        const asNumbers = await openai.embeddings.create({ ...question, encoding_format: 'float' })
        const asUsual = await openai.embeddings.create(question) // which is base64
        assert.equal(asUsual.data.length, 2)
        assert.deepEqual(asUsual.data[1].embedding.map(Math.fround), asNumbers.data[1].embedding.map(Math.fround))
        assert.equal((await openai.embeddings.create({ ...question, dimensions: 4 })).data[0].embedding.length, 4)
    }
    const answer = await openai.chat.completions.create({ model: 'demo/fast', messages: [{ role: 'user', content: 'x' }] })
    assert.ok(answer._request_id)
    await assert.rejects(openai.chat.completions.create({ model: 'openai/test-quota', messages: [{ role: 'user', content: 'x' }] }), error => error.code === 'insufficient_quota')
    await assert.rejects(openai.chat.completions.create({ model: 'demo/fast', messages: [{ role: 'user', content: 'x' }], temperature: 9 }), error => error.param === 'temperature')
})

test("OpenAI's responses: what needs a memory is refused", async () => {
    const openai = new OpenAI({ apiKey: server.key, baseURL: `${server.base}/v1` })
    const refused = (request, param) => assert.rejects(openai.responses.create({ model: 'demo/fast', input: 'x', ...request }), error => error instanceof OpenAI.BadRequestError && error.param === param, param)
    await refused({ previous_response_id: 'resp_1' }, 'previous_response_id')
    await refused({ background: true }, 'background')
    await refused({ tools: [{ type: 'web_search' }] }, 'tools.0.type')
    await refused({ input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input.0.type')
    await assert.rejects(openai.responses.retrieve('resp_1'), OpenAI.NotFoundError)
    await assert.rejects(openai.responses.delete('resp_1'), OpenAI.NotFoundError)
    const { data, response } = await openai.responses.create({ model: 'demo/fast', input: 'x' }).withResponse()
    assert.equal(response.headers.get('x-patio-unheard'), '/store')
    assert.equal(data.store, false)
})

test('Anthropic counts tokens and lists models', async () => {
    const anthropic = new Anthropic({ apiKey: server.key, baseURL: server.base })
    const counted = await anthropic.messages.countTokens({ model: 'demo/fast', messages: [{ role: 'user', content: 'one two three' }] })
    assert.ok(counted.input_tokens > 0)
    const names = []
    for await (const model of anthropic.models.list()) names.push(model.id)
    assert.ok(names.includes('demo/echo'))
})

test('Google counts tokens, lists models and shows one', async () => {
    for (const apiVersion of ['v1', 'v1beta']) {
        const google = new GoogleGenAI({ apiKey: server.key, httpOptions: { baseUrl: server.base, apiVersion } })
        assert.ok((await google.models.countTokens({ model: 'demo/fast', contents: 'one two three' })).totalTokens > 0)
        const names = []
        for await (const model of await google.models.list()) names.push(model.name)
        assert.ok(names.includes('models/demo/echo'), names.join())
        assert.equal((await google.models.get({ model: 'demo/echo' })).name, 'models/demo/echo')
    }
})

test("Google's own kind of schema", async () => {
    const google = new GoogleGenAI({ apiKey: server.key, httpOptions: { baseUrl: server.base } })
    for (const provider of providers) {
        const own = { type: 'OBJECT', properties: { city: { type: 'STRING', nullable: true }, ages: { type: 'ARRAY', items: { type: 'INTEGER' }, minItems: '1' } } }
        const answer = await google.models.generateContent({
            model: `${provider}/${await modelThatSays('{"city":"Lisbon"}')}`, contents: 'which city',
            config: { responseMimeType: 'application/json', responseSchema: own, tools: [{ functionDeclarations: [{ name: 'weather', parameters: own }] }] },
        })
        assert.deepEqual(JSON.parse(answer.text), { city: 'Lisbon' })
    }
})

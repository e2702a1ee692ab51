// SPDX-License-Identifier: GPL-3.0-or-later
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { APICallError, Output, embedMany, generateText, jsonSchema, streamText, tool } from 'ai'

globalThis.AI_SDK_LOG_WARNINGS = false

const reasons = { stop: 'stop', length: 'length', 'tool-calls': 'tools', 'content-filter': 'filter' }

// `open` makes of base and key two functions: of a language model by its name, and, where there are such, of an embedding model.
const of = (name, open, embeds = false) => ({
    name, embeds,
    isOwnError: (error, status) => APICallError.isInstance(error) && error.statusCode === status,
    isStreamError: error => error instanceof Error || typeof error === 'object',
    make({ base, key, retries }) {
        const { language, embedding } = open(base, key)
        const said = ({ text, image }) => [{ role: 'user', content: [{ type: 'text', text }, ...(image ? [{ type: 'file', data: image, mediaType: 'image/png' }] : [])] }]
        // Else it refers to what OpenAI stores of a conversation.
        const common = model => ({ model: language(model), maxRetries: retries, providerOptions: { openai: { store: false } } })
        const read = async (result, pieces) => {
            const usage = await result.usage
            return { text: await result.text, pieces, reason: reasons[await result.finishReason], input: usage.inputTokens, output: usage.outputTokens }
        }
        const asStream = async request => {
            const result = streamText({ ...request, onError() {} })
            const pieces = []
            for await (const part of result.fullStream) {
                if (part.type === 'error') throw part.error
                if (part.type === 'text-delta') pieces.push(part.text)
            }
            return [result, pieces]
        }
        return {
            async whole({ model, schema, limit, wrong, ...what }) {
                return read(await generateText({
                    ...common(model), messages: said(what), ...(schema && { output: Output.object({ schema: jsonSchema(schema) }) }),
                    ...(limit && { maxOutputTokens: limit }), ...(wrong && { temperature: 9 }),
                }))
            },
            async streamed({ model, ...what }) { return read(...await asStream({ ...common(model), instructions: 'Be short.', messages: said(what) })) },
            async tools({ model, next, text, names, schema, streamed }) {
                const tools = Object.fromEntries(names.map(name => [name, tool({ description: 'Of a city', inputSchema: jsonSchema(schema) })]))
                const request = { ...common(model), tools, messages: said({ text }) }
                const result = streamed ? (await asStream(request))[0] : await generateText(request)
                const calls = await result.toolCalls
                const results = calls.map(({ toolCallId, toolName }) => ({ type: 'tool-result', toolCallId, toolName, output: { type: 'text', value: `Result of ${toolName}` } }))
                const history = (await result.response).messages
                const second = await generateText({ ...request, ...common(next), messages: [...request.messages, ...history, { role: 'tool', content: results }] })
                return { reason: reasons[await result.finishReason], calls: calls.map(({ toolName, input }) => ({ name: toolName, input })), last: await read(second) }
            },
            async embed({ model, texts }) { return (await embedMany({ model: embedding(model), values: texts, maxRetries: retries })).embeddings },
        }
    },
})

const openai = (base, key) => createOpenAI({ apiKey: key, baseURL: `${base}/v1` })
export const openAiResponses = of("Vercel's OpenAI", (base, key) => ({ language: openai(base, key), embedding: name => openai(base, key).embedding(name) }), true)
export const openAiChat = of("Vercel's OpenAI, chat", (base, key) => ({ language: name => openai(base, key).chat(name) }))
export const anthropic = of("Vercel's Anthropic", (base, key) => ({ language: createAnthropic({ apiKey: key, baseURL: `${base}/v1` }) }))
// It takes what stands before a slash for a part of the address.
export const google = of("Vercel's Google", (base, key) => {
    const provider = createGoogle({ apiKey: key, baseURL: `${base}/v1beta` })
    return { language: name => provider(`models/${name}`), embedding: name => provider.embedding(name) }
}, true)

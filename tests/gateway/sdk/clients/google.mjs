// SPDX-License-Identifier: GPL-3.0-or-later
import { ApiError, GoogleGenAI } from '@google/genai'

const reasonOf = answer => answer.functionCalls?.length ? 'tools' : { STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'filter' }[answer.candidates[0].finishReason]

const of = (name, httpOptions) => ({
    name, embeds: true,
    isOwnError: (error, status) => error instanceof ApiError && error.status === status,
    isStreamError: error => error instanceof ApiError,
    make({ base, key, retries }) {
        const google = new GoogleGenAI({
            apiKey: key, httpOptions: { baseUrl: base, ...httpOptions, ...(retries && { retryOptions: { attempts: retries + 1, initialDelay: 0.1 } }) },
        })
        const said = ({ text, image }) => [{ role: 'user', parts: [{ text }, ...(image ? [{ inlineData: { mimeType: 'image/png', data: image } }] : [])] }]
        const read = (answer, pieces) => ({
            text: pieces?.join('') ?? answer.text, pieces, reason: reasonOf(answer),
            input: answer.usageMetadata.promptTokenCount, output: answer.usageMetadata.candidatesTokenCount,
        })
        // What the chunks say together.
        const asStream = async request => {
            const pieces = [], parts = []
            let last
            for await (const chunk of await google.models.generateContentStream(request)) {
                for (const part of chunk.candidates[0].content.parts) {
                    if (part.text) pieces.push(part.text)
                    parts.push(part)
                }
                last = chunk
            }
            return [last, pieces, parts]
        }
        return {
            async whole({ model, schema, limit, wrong, ...what }) {
                return read(await google.models.generateContent({
                    model, contents: said(what),
                    config: {
                        ...(schema && { responseMimeType: 'application/json', responseJsonSchema: schema }),
                        ...(limit && { maxOutputTokens: limit }), ...(wrong && { temperature: 9 }),
                    },
                }))
            },
            async streamed({ model, ...what }) {
                return read(...await asStream({ model, contents: said(what), config: { systemInstruction: 'Be short.' } }))
            },
            async tools({ model, next, text, names, schema, streamed }) {
                const config = { tools: [{ functionDeclarations: names.map(name => ({ name, description: 'Of a city', parametersJsonSchema: schema })) }] }
                const request = { model, contents: said({ text }), config }
                let content, reason
                if (streamed) {
                    const [last, , parts] = await asStream(request)
                    content = { role: 'model', parts }
                    reason = reasonOf(last)
                } else {
                    const answer = await google.models.generateContent(request)
                    content = answer.candidates[0].content
                    reason = reasonOf(answer)
                }
                const calls = content.parts.map(part => part.functionCall).filter(Boolean)
                const results = calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { output: `Result of ${name}` } } }))
                const second = await google.models.generateContent({ model: next, contents: [...request.contents, content, { role: 'user', parts: results }], config })
                return { reason, calls: calls.map(({ name, args }) => ({ name, input: args })), last: read(second) }
            },
            async embed({ model, texts }) {
                return (await google.models.embedContent({ model, contents: texts })).embeddings.map(one => one.values)
            },
        }
    },
})

export const generateContent = of("Google's library", {})
export const generateContentBeta = of("Google's library under v1beta", { apiVersion: 'v1beta' })

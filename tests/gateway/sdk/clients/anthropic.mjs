// SPDX-License-Identifier: GPL-3.0-or-later
import Anthropic from '@anthropic-ai/sdk'

const reasons = { end_turn: 'stop', max_tokens: 'length', tool_use: 'tools', refusal: 'filter' }

export const messages = {
    name: "Anthropic's messages",
    isOwnError(error, status) {
        const kinds = { 400: Anthropic.BadRequestError, 401: Anthropic.AuthenticationError, 403: Anthropic.PermissionDeniedError, 404: Anthropic.NotFoundError, 429: Anthropic.RateLimitError }
        return error.status === status && error instanceof (kinds[status] ?? Anthropic.InternalServerError)
    },
    isStreamError: error => error instanceof Anthropic.APIError,
    make({ base, key, retries }) {
        const anthropic = new Anthropic({ apiKey: key, baseURL: base, maxRetries: retries })
        const said = ({ text, image }) => [{
            role: 'user',
            content: image ? [{ type: 'text', text }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } }] : text,
        }]
        const read = (answer, pieces) => ({
            text: answer.content.filter(block => block.type === 'text').map(block => block.text).join(''), pieces,
            reason: reasons[answer.stop_reason], input: answer.usage.input_tokens, output: answer.usage.output_tokens,
        })
        const asStream = async request => {
            const stream = anthropic.messages.stream(request)
            const pieces = []
            stream.on('text', piece => pieces.push(piece))
            return [await stream.finalMessage(), pieces]
        }
        return {
            async whole({ model, schema, limit, wrong, ...what }) {
                return read(await anthropic.messages.create({
                    model, max_tokens: limit ?? 100, messages: said(what),
                    ...(schema && { output_config: { format: { type: 'json_schema', schema } } }), ...(wrong && { messages: [] }),
                }))
            },
            async streamed({ model, ...what }) { return read(...await asStream({ model, max_tokens: 100, system: 'Be short.', messages: said(what) })) },
            async tools({ model, next, text, names, schema, streamed }) {
                const tools = names.map(name => ({ name, description: 'Of a city', input_schema: schema }))
                const request = { model, max_tokens: 100, tools, messages: said({ text }) }
                const answer = streamed ? (await asStream(request))[0] : await anthropic.messages.create(request)
                const uses = answer.content.filter(block => block.type === 'tool_use')
                const results = uses.map(use => ({ type: 'tool_result', tool_use_id: use.id, content: `Result of ${use.name}` }))
                const second = await anthropic.messages.create({
                    ...request, model: next, messages: [...request.messages, { role: 'assistant', content: answer.content }, { role: 'user', content: results }],
                })
                return { reason: reasons[answer.stop_reason], calls: uses.map(({ name, input }) => ({ name, input })), last: read(second) }
            },
        }
    },
}

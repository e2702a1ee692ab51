// SPDX-License-Identifier: GPL-3.0-or-later
import OpenAI from 'openai'

const reasons = { stop: 'stop', length: 'length', tool_calls: 'tools', content_filter: 'filter' }
const client = ({ base, key, retries }) => new OpenAI({ apiKey: key, baseURL: `${base}/v1`, maxRetries: retries })

const isOwnError = (error, status) => {
    const kinds = { 400: OpenAI.BadRequestError, 401: OpenAI.AuthenticationError, 403: OpenAI.PermissionDeniedError, 404: OpenAI.NotFoundError, 429: OpenAI.RateLimitError }
    return error.status === status && error instanceof (kinds[status] ?? OpenAI.InternalServerError)
}
const isStreamError = error => error instanceof OpenAI.APIError

const embed = openai => async ({ model, texts }) =>
    (await openai.embeddings.create({ model, input: texts })).data.map(one => one.embedding)

export const chat = {
    name: "OpenAI's chat", isOwnError, isStreamError, embeds: true,
    make(options) {
        const openai = client(options)
        const messages = ({ text, image }) => [{
            role: 'user',
            content: image ? [{ type: 'text', text }, { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } }] : text,
        }]
        const read = (answer, pieces) => {
            const [{ message, finish_reason }] = answer.choices
            return { text: message.content, pieces, reason: reasons[finish_reason], input: answer.usage?.prompt_tokens, output: answer.usage?.completion_tokens }
        }
        const asStream = async request => {
            const stream = openai.chat.completions.stream({ ...request, stream_options: { include_usage: true } })
            const pieces = []
            for await (const chunk of stream) pieces.push(chunk.choices[0]?.delta.content ?? '')
            return [await stream.finalChatCompletion(), pieces]
        }
        return {
            async whole({ model, schema, limit, wrong, ...said }) {
                return read(await openai.chat.completions.create({
                    model, messages: messages(said),
                    ...(schema && { response_format: { type: 'json_schema', json_schema: { name: 'thing', schema, strict: true } } }),
                    ...(limit && { max_completion_tokens: limit }), ...(wrong && { temperature: 9 }),
                }))
            },
            async streamed({ model, ...said }) { return read(...await asStream({ model, messages: messages(said) })) },
            async tools({ model, next, text, names, schema, streamed }) {
                const tools = names.map(name => ({ type: 'function', function: { name, description: 'Of a city', parameters: schema } }))
                const request = { model, tools, messages: messages({ text }) }
                const answer = streamed ? (await asStream(request))[0] : await openai.chat.completions.create(request)
                const { role, content, tool_calls } = answer.choices[0].message
                const results = tool_calls.map(call => ({ role: 'tool', tool_call_id: call.id, content: `Result of ${call.function.name}` }))
                const second = await openai.chat.completions.create({ model: next, tools, messages: [...request.messages, { role, content, tool_calls }, ...results] })
                return { reason: read(answer).reason, calls: tool_calls.map(call => ({ name: call.function.name, input: JSON.parse(call.function.arguments) })), ...{ last: read(second) } }
            },
            embed: embed(openai),
        }
    },
}

export const responses = {
    name: "OpenAI's responses", isOwnError, isStreamError, embeds: true,
    make(options) {
        const openai = client(options)
        const input = ({ text, image }) => image
            ? [{ role: 'user', content: [{ type: 'input_text', text }, { type: 'input_image', image_url: `data:image/png;base64,${image}`, detail: 'auto' }] }]
            : text
        const reasonOf = answer => answer.status === 'incomplete' ? (answer.incomplete_details.reason === 'max_output_tokens' ? 'length' : 'filter')
            : answer.output.some(item => item.type === 'function_call') ? 'tools' : 'stop'
        const read = (answer, pieces) =>
            ({ text: answer.output_text, pieces, reason: reasonOf(answer), input: answer.usage.input_tokens, output: answer.usage.output_tokens })
        const asStream = async request => {
            const stream = openai.responses.stream(request)
            const pieces = []
            stream.on('response.output_text.delta', event => pieces.push(event.delta))
            return [await stream.finalResponse(), pieces]
        }
        return {
            async whole({ model, schema, limit, wrong, ...said }) {
                return read(await openai.responses.create({
                    model, input: input(said),
                    ...(schema && { text: { format: { type: 'json_schema', name: 'thing', schema, strict: true } } }),
                    ...(limit && { max_output_tokens: limit }), ...(wrong && { temperature: 9 }),
                }))
            },
            async streamed({ model, ...said }) { return read(...await asStream({ model, instructions: 'Be short.', input: input(said) })) },
            async tools({ model, next, text, names, schema, streamed }) {
                const tools = names.map(name => ({ type: 'function', name, description: 'Of a city', parameters: schema, strict: false }))
                const request = { model, tools, input: [{ role: 'user', content: text }] }
                const answer = streamed ? (await asStream(request))[0] : await openai.responses.create(request)
                const calls = answer.output.filter(item => item.type === 'function_call')
                const results = calls.map(call => ({ type: 'function_call_output', call_id: call.call_id, output: `Result of ${call.name}` }))
                const second = await openai.responses.create({ model: next, tools, input: [...request.input, ...answer.output, ...results] })
                return { reason: reasonOf(answer), calls: calls.map(call => ({ name: call.name, input: JSON.parse(call.arguments) })), last: read(second) }
            },
            embed: embed(openai),
        }
    },
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What `patiod openapi` prints is OpenAPI 3.1 to the letter, as two independent checkers read it, and describes every answer.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import test from 'node:test'
import { createConfig, formatProblems, lintFromString } from '@redocly/openapi-core'
import spectralCore from '@stoplight/spectral-core'
import spectralRulesets from '@stoplight/spectral-rulesets'

const program = process.env.PATIOD
assert.ok(program, 'PATIOD names the server to ask')
const source = execFileSync(program, ['openapi'], { encoding: 'utf8', maxBuffer: 64 << 20 })
const description = JSON.parse(source)
const methods = ['get', 'put', 'post', 'delete', 'patch']
const operations = Object.entries(description.paths).flatMap(([path, item]) =>
    methods.filter(method => item[method]).map(method => ({ name: `${method.toUpperCase()} ${path}`, path, ...item[method] })))

// Redocly says places as JSON pointers: #/paths/~1healthz/get.
const pathOf = problem => (problem.location[0].pointer ?? '').split('/').map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
// An operation that turns into a WebSocket succeeds with 101, which the checkers do not know as a success.
const becomesWebSocket = operation => Boolean(operation.responses['101'])
const aboutWebSocket = path => becomesWebSocket(description.paths[path.find(step => String(step).startsWith('/'))]?.get ?? { responses: {} })

test('Redocly finds nothing to mend', async () => {
    // Refusals are checked below: what is public and takes no input has none.
    const rules = { 'operation-4xx-response': 'off' }
    const config = await createConfig({ extends: ['recommended'], rules }, { configPath: fileURLToPath(import.meta.url) })
    const found = await lintFromString({ source, absoluteRef: '/openapi.json', config })
    const problems = found.filter(problem => problem.ruleId !== 'operation-2xx-response' || !aboutWebSocket(pathOf(problem)))
    if (problems.length)
        formatProblems(problems, { format: 'codeframe', totals: { errors: problems.length, warnings: 0, ignored: 0 }, version: '' })
    assert.deepEqual(problems.map(problem => `${problem.ruleId}: ${problem.message}`), [])
})

test('Spectral finds nothing to mend', async () => {
    const spectral = new spectralCore.Spectral()
    spectral.setRuleset({ extends: spectralRulesets.oas })
    const found = await spectral.run(source)
    const problems = found.filter(problem => problem.code !== 'operation-success-response' || !aboutWebSocket(problem.path))
    assert.deepEqual(problems.map(problem => `${problem.code} at ${problem.path.join('/')}: ${problem.message}`), [])
})

test('it is OpenAPI 3.1 and covers the API', () => {
    assert.match(description.openapi, /^3\.1\./)
    for (const name of ['POST /api/v1/auth/login', 'POST /api/v1/generate', 'GET /api/v1/jobs/{id}', 'GET /api/v1/usage'])
        assert.ok(operations.some(operation => operation.name === name), name)
})

test('every operation says its answers, refusals among them', () => {
    for (const operation of operations) {
        const statuses = Object.keys(operation.responses)
        assert.ok(statuses.some(status => status < '300'), `${operation.name} has a success`)
        if (operation.path.startsWith('/api/'))
            assert.ok(statuses.some(status => status >= '400'), `${operation.name} has a refusal`)
        for (const [status, response] of Object.entries(operation.responses)) {
            const resolved = response.$ref ? response.$ref.split('/').slice(1).reduce((value, key) => value[key], description) : response
            assert.ok(resolved?.description, `${operation.name} ${status} has a description`)
            if (!['101', '204', '304'].includes(status))
                assert.ok(Object.keys(resolved.content ?? {}).length, `${operation.name} ${status} has a body`)
        }
    }
})

test('operation ids are there and unique', () => {
    const ids = operations.map(operation => operation.operationId)
    assert.deepEqual(ids.filter((id, index) => !id || ids.indexOf(id) !== index), [])
})

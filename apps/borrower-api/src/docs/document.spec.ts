import type { OpenAPIObject } from '@nestjs/swagger'
import { createDocument } from './document.js'
import { docsPage } from './docs-page.js'

interface Operation {
  operationId: string
  summary: string
  security?: { device: string[] }[]
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  responses: Record<string, { description: string; content: Record<string, { schema: { $ref?: string } }> }>
}

describe('the document', () => {
  let document: OpenAPIObject
  let operations: { method: string; path: string; operation: Operation }[]

  beforeAll(async () => {
    document = await createDocument()
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation: operation as Operation })),
    )
  })

  it('is OpenAPI 3.1 and names every operation once', () => {
    expect(document.openapi).toBe('3.1.0')
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(25)
  })

  it('gives each a summary, an answer, and problems with their schema', () => {
    for (const { path, operation } of operations) {
      expect(operation.summary).not.toBe('')
      const [success, ...problems] = Object.entries(operation.responses)
      expect(success?.[0]).toMatch(/^20[01]$/)
      expect(Object.keys(success![1].content)).toHaveLength(1)
      expect([path, problems.length]).not.toEqual([path, 0])
      for (const [status, { description, content }] of problems) {
        expect(status).toMatch(/^[45]\d\d$/)
        expect(description).toMatch(/^`\w+`(, `\w+`)*$/)
        expect(content['application/problem+json']?.schema.$ref).toBe('#/components/schemas/Problem')
      }
    }
  })

  it('asks for a device everywhere but where one is made', () => {
    const open = operations.filter(({ operation }) => !operation.security?.some(({ device }) => device))
    expect(open.map(({ operation }) => operation.operationId)).toEqual(['registerDevice'])
  })

  it('asks for an Idempotency-Key wherever something changes', () => {
    const withKey = operations.filter(({ operation }) =>
      operation.parameters?.some(
        ({ name, in: where, required }) => name === 'Idempotency-Key' && where === 'header' && required,
      ),
    )
    const changing = operations.filter(({ method }) => method !== 'get')
    const exempt = ['registerDevice', 'quoteOffer', 'chooseBids', 'previewRestructuring']
    expect(withKey).toEqual(changing.filter(({ operation }) => !exempt.includes(operation.operationId)))
  })

  it('names each parameter of each path', () => {
    for (const { path, operation } of operations) {
      const named = operation.parameters?.filter(({ in: where }) => where === 'path').map(({ name }) => name) ?? []
      expect(named.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort())
    }
  })

  it('refers to nothing that it does not have', () => {
    const schemas = Object.keys(document.components?.schemas ?? {})
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
    for (const [, name] of references) expect(schemas).toContain(name)
  })

  it('describes every member of every schema', () => {
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      const { properties = {} } = schema as { properties?: Record<string, { description?: string }> }
      expect([name, Object.keys(properties)]).not.toEqual([name, []])
      for (const [member, { description }] of Object.entries(properties)) {
        expect([name, member, description]).toEqual([name, member, expect.any(String)])
      }
    }
  })

  it('becomes a page with every operation and schema, whose links lead somewhere', () => {
    const html = docsPage(document)
    for (const { operation } of operations) expect(html).toContain(`id="${operation.operationId}"`)
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect([...ids]).toContain(target)
  })

  it('becomes a page in which nothing of the document is markup', () => {
    const info = { ...document.info, title: '<script>alert("1")</script>', description: '<img src=x>' }
    const html = docsPage({ ...document, info })
    expect(html).not.toMatch(/<script|<img/)
  })
})

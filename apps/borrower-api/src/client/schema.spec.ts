import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'
import { createDocument } from '../docs/document.js'

const path = fileURLToPath(new URL('schema.ts', import.meta.url))

it('the types of the client are made from the document as it is (UPDATE_CLIENT=1 makes them anew)', async () => {
  const ast = await openapiTS((await createDocument()) as unknown as OpenAPI3, { alphabetize: true })
  const text = `/** Types of a client, made from the API's document by the spec beside this file. Not to be edited. */\n${astToString(ast)}`
  const types = await format(text, { ...(await resolveConfig(path)), parser: 'typescript' })
  if (process.env['UPDATE_CLIENT']) writeFileSync(path, types)
  expect(readFileSync(path, 'utf8')).toBe(types)
})

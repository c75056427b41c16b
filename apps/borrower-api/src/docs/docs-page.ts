/** The document as a page that people read: one file, no script, nothing fetched. Pure. */
import type { OpenAPIObject } from '@nestjs/swagger'

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  description?: string
  minimum?: number
  maximum?: number
  maxLength?: number
}
type Content = Record<string, { schema?: Schema }>
interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}
interface Operation {
  operationId: string
  summary: string
  description?: string
  tags?: string[]
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}

/** A page with every operation by tag, and every schema. */
export function docsPage(document: OpenAPIObject): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ method, path, operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags ?? []))]
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>)
  const { title, version, description } = document.info
  const contents = tags.map(
    (tag) =>
      `<li>${escape(tag)}<ul>${operations
        .filter(({ operation }) => operation.tags?.includes(tag))
        .map(({ operation }) => `<li><a href="#${operation.operationId}">${escape(operation.summary)}</a></li>`)
        .join('')}</ul></li>`,
  )
  const sections = tags.map(
    (tag) =>
      `<h2>${escape(tag)}</h2>${operations
        .filter(({ operation }) => operation.tags?.includes(tag))
        .map(({ method, path, operation }) => operationHtml(method, path, operation))
        .join('')}`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escape(title)}</h1><p>Version ${escape(version)} · <a href="openapi.json">openapi.json</a></p></header>
<main>
${prose(description ?? '')}
<nav aria-label="Operations"><ul>${contents.join('')}</ul></nav>
${sections.join('\n')}
<h2>Schemas</h2>
${schemas.map(([name, schema]) => schemaHtml(name, schema)).join('\n')}
</main>
</body>
</html>
`
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const body = requestBody && typesOf(requestBody.content)
  return `<section id="${operationId}">
<h3>${escape(summary)} <a class="anchor" href="#${operationId}" aria-label="Link to ${escape(summary)}">#</a></h3>
<p class="route"><b>${method.toUpperCase()}</b> <code>${escape(path)}</code> <span>${escape(operationId)}</span></p>
${description === undefined ? '' : prose(description)}
${parameters.length === 0 ? '' : parametersHtml(parameters)}
${body ? `<p>Body: ${body}</p>` : ''}
<table><thead><tr><th>Status</th><th>Answer</th><th>When</th></tr></thead><tbody>
${Object.entries(responses)
  .map(
    ([status, { description: when, content }]) =>
      `<tr><td>${status}</td><td>${content ? typesOf(content) : ''}</td><td>${inline(when)}</td></tr>`,
  )
  .join('\n')}
</tbody></table>
</section>`
}

const parametersHtml = (parameters: readonly Parameter[]): string => `<table>
<thead><tr><th>Parameter</th><th>In</th><th>Type</th><th>What</th></tr></thead><tbody>
${parameters
  .map(
    ({ name, in: where, required, description, schema }) =>
      `<tr><td><code>${escape(name)}</code>${required ? ' <em>required</em>' : ''}</td><td>${where}</td>` +
      `<td>${schema ? typeOf(schema) : ''}</td><td>${inline(description ?? '')}</td></tr>`,
  )
  .join('\n')}
</tbody></table>`

function schemaHtml(name: string, { properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(
    ([field, schema]) =>
      `<tr><td><code>${escape(field)}</code>${required.includes(field) ? '' : ' <em>may be missing</em>'}</td>` +
      `<td>${typeOf(schema)}</td><td>${inline(schema.description ?? '')}</td></tr>`,
  )
  return `<section id="schema-${escape(name)}"><h3>${escape(name)}</h3>
<table><thead><tr><th>Member</th><th>Type</th><th>What</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`
}

const typesOf = (content: Content): string =>
  Object.entries(content)
    .map(([media, { schema }]) => (schema?.$ref ? typeOf(schema) : `<code>${escape(media)}</code>`))
    .join(', ')

/** A schema in a few words, with links to those that it names. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return `<a href="#schema-${escape(name)}">${escape(name)}</a>`
  }
  const alternatives = schema.allOf ?? schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map(typeOf).join(' or ')
  if (schema.items) return `list of ${typeOf(schema.items)}`
  if (schema.enum) return schema.enum.map((value) => `<code>${escape(String(value))}</code>`).join(' ')
  const types = [schema.type ?? 'any'].flat().map((type) => (type === 'string' ? (schema.format ?? 'text') : type))
  const bounded = schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER
  return `${types.join(' or ')}${bounded ? `, ${schema.minimum ?? ''} to ${schema.maximum}` : ''}`
}

/** Paragraphs of the little markup that descriptions use. */
const prose = (text: string): string =>
  text
    .split(/\n\n/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${inline(paragraph)}</p>`)
    .join('\n')

const inline = (text: string): string =>
  escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line) }
section { margin: 2rem 0 }
.route b { padding: 0.1rem 0.4rem; border: 1px solid var(--line); border-radius: 0.3rem }
.route span, .anchor, em { opacity: 0.75; font-size: 0.9em }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line) }
`

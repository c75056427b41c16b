/** The shapes of the requests that the store answers; fields that are not named are refused. */
import { type Refusal } from '#libs/fold'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

const ajv = new Ajv2020({ strict: true, allErrors: true })
const id = { type: 'string', pattern: '^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$' }
const actor = {
  type: 'object',
  required: ['account', 'role', 'identity'],
  additionalProperties: false,
  properties: {
    account: { type: 'string' },
    role: { enum: ['operator', 'lender', 'borrower', 'auditor'] },
    identity: { type: ['string', 'null'] },
  },
}
const path = { type: 'string', minLength: 1, maxLength: 4096 }

const shape = (required: string[], properties: Record<string, object>): ValidateFunction =>
  ajv.compile({ type: 'object', additionalProperties: false, required, properties })

const limit = { type: 'integer', minimum: 1, maximum: 200 }
const cursor = { type: 'string', pattern: '^[0-9]{1,10}-[0-9]{1,15}$' }

const SHAPES = {
  'records.show': shape(['id'], { id }),
  'records.timeline': shape(['subject'], { subject: id }),
  'records.log': shape(['author'], { author: id, limit, cursor }),
  'store.verify': shape(['actor'], { actor }),
  'store.rebuild': shape(['actor'], { actor }),
  'store.export': shape(['actor', 'path'], { actor, path, loan: id }),
  'store.import': shape(['actor', 'path'], { actor, path }),
  'store.digests': shape([], {}),
  'events.watch': shape(['actor'], { actor }),
}

/** Null when a request has its message's shape; else the refusal to answer with: request_malformed {problems}. */
export function malformed(message: keyof typeof SHAPES, request: unknown): Refusal | null {
  const valid = SHAPES[message]
  if (valid(request)) return null
  const problems = (valid.errors ?? []).map(({ instancePath, message: why }) => `${instancePath || '/'} ${why}`)
  return { refused: 'request_malformed', problems }
}

/** The rules of a network: every kind and subject type that a node knows, with body schemas compiled when they are first used. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Body, BodySchema, FoldRecord, RecordKind, SubjectType, VoidReason } from './kind.js'

/** What a feature adds to the rules: its kinds and the types of subject that it folds. */
export interface FeatureRules {
  readonly kinds: readonly RecordKind[]
  readonly types: readonly SubjectType<unknown>[]
}

/** Every kind and subject type by name. Immutable once built. */
export class Rules {
  private readonly kinds = new Map<string, { kind: RecordKind; validBody: (body: unknown) => boolean }>()
  private readonly types = new Map<string, SubjectType<unknown>>()

  /** Throws when two features claim one name or a kind names a subject type that nobody folds. */
  constructor(features: readonly FeatureRules[]) {
    const ajv = new Ajv2020({ strict: true, allErrors: false, strictTypes: false })
    ajv.addKeyword({
      keyword: 'bytes',
      schemaType: 'number',
      compile: (length: number) => (data: unknown) => data instanceof Uint8Array && data.length === length,
    })
    for (const type of features.flatMap((feature) => feature.types)) {
      if (this.types.has(type.name)) throw new Error(`subject type ${type.name} is declared twice`)
      this.types.set(type.name, type)
    }
    for (const kind of features.flatMap((feature) => feature.kinds)) {
      if (this.kinds.has(kind.name)) throw new Error(`record kind ${kind.name} is declared twice`)
      const named = [...kind.starts, ...kind.belongsTo, ...Object.keys(kind.effects)]
      const unknown = named.find((type) => !this.types.has(type))
      if (unknown !== undefined) throw new Error(`record kind ${kind.name} names ${unknown}, which no feature folds`)
      this.kinds.set(kind.name, { kind, validBody: compiledOnUse(ajv, kind.schema) })
    }
  }

  kind(name: string): RecordKind | undefined {
    return this.kinds.get(name)?.kind
  }

  type(name: string): SubjectType<unknown> {
    const type = this.types.get(name)
    if (!type) throw new Error(`no subject type ${name}`)
    return type
  }

  /** All kinds, by name ascending: for documentation. */
  allKinds(): RecordKind[] {
    return [...this.kinds.values()].map(({ kind }) => kind).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Subject types by rank ascending, then name: the order in which subjects must be folded. */
  typesByRank(): SubjectType<unknown>[] {
    return [...this.types.values()].sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
  }

  /** What the record alone can break: schema, then the kind's own check, then `subj` against the kind. Null when nothing. */
  checkAlone(record: FoldRecord): VoidReason | null {
    const known = this.kinds.get(record.kind)
    if (!known) return 'kind_unknown'
    const { kind, validBody } = known
    if (record.subj === null && kind.starts.length === 0) return 'subject_missing'
    if (record.subj !== null && kind.belongsTo.length === 0) return 'subject_unexpected'
    if (!validBody(record.body)) return 'body_malformed'
    return kind.check?.(record) ?? null
  }

  /** Own subjects that a record names in its body; none when the body is not what its kind asks for. */
  concernsOwn(kindName: string, body: Body): string[] {
    const known = this.kinds.get(kindName)
    if (!known?.kind.concernsOwn || !known.validBody(body)) return []
    return known.kind.concernsOwn(body)
  }
}

/** All schemas together take a third of a second, and a process checks bodies of a few kinds only. */
function compiledOnUse(ajv: Ajv2020, schema: BodySchema): (body: unknown) => boolean {
  let isValid: ((body: unknown) => boolean) | undefined
  return (body) => (isValid ??= ajv.compile(schema))(body)
}

import type { KindKnowledge, ProvenRecord } from '#libs/record'

interface ConfigBody {
  witnesses: Uint8Array[]
  quorum: number
  was?: Uint8Array
}

const bodyOf = ({ body }: ProvenRecord): ConfigBody => body as unknown as ConfigBody
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Kinds as the vectors of proofs have them: each configuration names the one before it as `was`; nothing is declared beside. */
export const plainKinds: KindKnowledge = {
  configs(records) {
    const byWas = new Map(records.map((record) => [hex(bodyOf(record).was ?? new Uint8Array()), record]))
    const configs: ProvenRecord[] = []
    let next = records.find(({ header }) => header.kind === 'network.created')
    for (; next !== undefined; next = byWas.get(hex(next.id))) configs.push(next)
    return configs.map((record) => {
      const { witnesses, quorum } = bodyOf(record)
      return { id: record.id, witnesses, quorum }
    })
  },
  restsOn: () => [],
}

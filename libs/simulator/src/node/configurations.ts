// Which witnesses decide: the configurations of a network as a node's store has them, by the network's own fold.

import { foldSubject } from '#libs/fold'
import { configInForce, type NetworkConfig, type NetworkState } from '#libs/network'
import { fromText, toText } from '#libs/record'
import { rules } from '#libs/rules'
import { keyOf, type WitnessSet } from '../../../replication/src/testing/virtual-protocol.js'
import type { Held } from '../store/held.js'
import type { AttestedHead, StoreState } from '../store/store-state.js'

/** Witnesses and quorum, and the id of the record that names them. */
export interface Configuration extends WitnessSet {
  cfg: Uint8Array
}

/** What a node asks about configurations. */
export interface Configurations {
  /** Null while the genesis is not held. */
  inForce(store: StoreState): Configuration | null
  /** Those that are, or were, in force, as a certificate names them; null for others. */
  byId(store: StoreState, cfg: Uint8Array): Configuration | null
  /** The one that an accepted amendment would put in force, in force or not; null when it is void or unknown. */
  asked(store: StoreState, amendment: Uint8Array): (Configuration & { was: Uint8Array }) | null
  /** The amendment that would end a configuration, if it is accepted. */
  amendmentOf(store: StoreState, cfg: Uint8Array): AttestedHead | null
}

/** One that never changes, whatever records say. */
export function fixedConfiguration(configuration: Configuration): Configurations {
  return { inForce: () => configuration, byId: () => configuration, asked: () => null, amendmentOf: () => null }
}

interface Known {
  amendments: readonly Held[]
  configs: readonly NetworkConfig[]
}

/** What the founder's log says, genesis and amendments. */
export class RecordedConfigurations implements Configurations {
  private readonly known = new Map<string, Known>()

  constructor(
    private readonly net: Uint8Array,
    private readonly steward: Uint8Array,
  ) {}

  inForce(store: StoreState): Configuration | null {
    const chain = this.chain(store)
    return chain.length > 0 ? configurationOf(chain.at(-1)!) : null
  }

  byId(store: StoreState, cfg: Uint8Array): Configuration | null {
    const id = toText(cfg)
    const config = this.chain(store).find((other) => other.id === id)
    return config ? configurationOf(config) : null
  }

  asked(store: StoreState, amendment: Uint8Array): (Configuration & { was: Uint8Array }) | null {
    const { configs } = this.read(store)
    const id = toText(amendment)
    const at = configs.findIndex((other) => other.id === id)
    return at > 0 ? { ...configurationOf(configs[at]!), was: fromText(configs[at - 1]!.id) } : null
  }

  amendmentOf(store: StoreState, cfg: Uint8Array): AttestedHead | null {
    const { amendments, configs } = this.read(store)
    const id = toText(cfg)
    const next = configs[configs.findIndex((other) => other.id === id) + 1]
    const held = next && amendments.find(({ fold }) => fold.id === next.id)
    return held ? { author: this.steward, seq: held.header.seq, id: held.id } : null
  }

  /** The genesis and those amendments that came into force one after the other. */
  private chain(store: StoreState): readonly NetworkConfig[] {
    const { amendments, configs } = this.read(store)
    if (configs.length <= 1) return configs
    const certificates = store.log(this.steward)!.certificates
    const inForce = configInForce(configs, (amendment, cfg) => {
      const { header } = amendments.find(({ fold }) => fold.id === amendment)!
      return (certificates.get(keyOf(fromText(cfg)))?.seq ?? -1) >= header.seq
    })
    return configs.slice(0, configs.indexOf(inForce) + 1)
  }

  /** A network is folded once for each set of amendments: an amendment is judged from these alone. */
  private read(store: StoreState): Known {
    const records = store.log(this.steward)?.records ?? []
    if (records.length === 0) return { amendments: [], configs: [] }
    const isAmendment = ({ header, key }: Held) => header.kind === 'network.amended' && !store.suspended.has(key)
    const amendments = records.filter(isAmendment)
    const name = amendments.map(({ key }) => key).join()
    const known = this.known.get(name)
    if (known) return known
    const net = toText(this.net)
    const folded = foldSubject<NetworkState>(
      net,
      'network',
      [records[0]!, ...amendments].map(({ fold }) => fold),
      rules,
    )
    const read = { amendments, configs: folded.state.configs }
    this.known.set(name, read)
    return read
  }
}

function configurationOf({ id, witnesses, quorum }: NetworkConfig): Configuration {
  return { cfg: fromText(id), witnesses: witnesses.map((key) => fromText(key)), quorum }
}

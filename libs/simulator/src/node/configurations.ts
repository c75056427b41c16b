// Which witnesses decide: the configurations of a network as a node's store has them, by the network's own fold.

import { foldSubject } from '#libs/fold'
import { configInForce, type NetworkConfig, type NetworkState } from '#libs/network'
import { equalBytes, fromText, toText } from '#libs/record'
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
  /** The one in force and those before it, from this one on, oldest first. */
  since(store: StoreState, cfg: Uint8Array): readonly Configuration[]
  /** The amendment that would end a configuration, if it is accepted. */
  amendmentOf(store: StoreState, cfg: Uint8Array): AttestedHead | null
}

/** One that never changes, whatever records say. */
export function fixedConfiguration(configuration: Configuration): Configurations {
  const [one, none] = [() => configuration, () => null]
  return { inForce: one, byId: one, asked: none, since: () => [configuration], amendmentOf: none }
}

/** An amendment or the genesis, which has no amendment. */
interface Step extends Configuration {
  key: string
  amendment: AttestedHead | null
}

/** What the founder's log says, genesis and amendments. */
export class RecordedConfigurations implements Configurations {
  private readonly known = new Map<string, readonly Step[]>()

  constructor(
    private readonly net: Uint8Array,
    private readonly steward: Uint8Array,
  ) {}

  inForce(store: StoreState): Configuration | null {
    return this.chain(store).at(-1) ?? null
  }

  byId(store: StoreState, cfg: Uint8Array): Configuration | null {
    return stepOf(this.chain(store), cfg) ?? null
  }

  asked(store: StoreState, amendment: Uint8Array): (Configuration & { was: Uint8Array }) | null {
    const steps = this.steps(store)
    const step = stepOf(steps, amendment)
    return step?.amendment ? { ...step, was: steps[steps.indexOf(step) - 1]!.cfg } : null
  }

  since(store: StoreState, cfg: Uint8Array): readonly Configuration[] {
    const chain = this.chain(store)
    return chain.slice(
      Math.max(
        0,
        chain.findIndex((step) => equalBytes(step.cfg, cfg)),
      ),
    )
  }

  amendmentOf(store: StoreState, cfg: Uint8Array): AttestedHead | null {
    const steps = this.steps(store)
    const step = stepOf(steps, cfg)
    return (step && steps[steps.indexOf(step) + 1]?.amendment) ?? null
  }

  /** The genesis and those amendments that came into force one after the other. */
  private chain(store: StoreState): readonly Step[] {
    const steps = this.steps(store)
    if (steps.length <= 1) return steps
    const { certificates } = store.log(this.steward)!
    const byText = new Map(steps.map((step) => [toText(step.cfg), step]))
    const configs = [...byText].map(([id, step]) => ({ id, step }))
    const inForce = configInForce(configs, (amendment, cfg) => {
      const newest = certificates.get(byText.get(cfg)!.key)
      return newest !== undefined && newest.seq >= byText.get(amendment)!.amendment!.seq
    })
    return steps.slice(0, configs.indexOf(inForce) + 1)
  }

  /** A network is folded once for each set of amendments: an amendment is judged from these alone. */
  private steps(store: StoreState): readonly Step[] {
    const records = store.log(this.steward)?.records ?? []
    if (records.length === 0) return []
    const last = store.speakers.get(toText(this.steward))?.last ?? Infinity
    const isAmendment = ({ header, key }: Held) =>
      header.kind === 'network.amended' && header.seq <= last && !store.suspended.has(key)
    const amendments = records.filter(isAmendment)
    const name = amendments.map(({ key }) => key).join()
    const known = this.known.get(name)
    if (known) return known
    const folded = [records[0]!, ...amendments].map(({ fold }) => fold)
    const { state } = foldSubject<NetworkState>(toText(this.net), 'network', folded, rules)
    const steps = state.configs.map((config) => this.stepOf(config, amendments))
    this.known.set(name, steps)
    return steps
  }

  private stepOf({ id, witnesses, quorum }: NetworkConfig, amendments: readonly Held[]): Step {
    const cfg = fromText(id)
    const held = amendments.find(({ fold }) => fold.id === id)
    const amendment = held ? { author: this.steward, seq: held.header.seq, id: held.id } : null
    return { cfg, key: keyOf(cfg), witnesses: witnesses.map((key) => fromText(key)), quorum, amendment }
  }
}

function stepOf(steps: readonly Step[], cfg: Uint8Array): Step | undefined {
  return steps.find((step) => equalBytes(step.cfg, cfg))
}

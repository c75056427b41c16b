import { Injectable } from '@nestjs/common'
import { Membership, type WitnessConfig } from '#libs/network'
import { checkConflict, decodeConflict, encodeConflict, equalBytes, FormatError, type Conflict } from '#libs/record'
import { Records } from '#libs/store'
import { Freezes } from './freezes.service.js'
import type { FreezeRequest, FrozenNotice, Gossip } from './protocol/messages.js'

/** What became of a message: a breach of its sender, or whether it goes on to others and what its sender is answered. */
export type GossipHeard = { fault: string } | { isNew: boolean; answers: Gossip[] }

/** What goes round beside records: freezes of logs and their answers, and evidence against witnesses that signed twice. */
@Injectable()
export class GossipRound {
  constructor(
    private readonly records: Records,
    private readonly membership: Membership,
    private readonly freezes: Freezes,
  ) {}

  /** `freeze` answers as this node's own witness, when it is one; null when it is none. */
  async hear(
    net: Uint8Array,
    message: Gossip,
    freeze: (request: FreezeRequest) => Promise<FrozenNotice | null>,
  ): Promise<GossipHeard> {
    if (message.name === 'conflicts') return this.hearConflicts(net, message.conflicts)
    if (message.name === 'frozen') {
      const heard = await this.freezes.hear(net, message)
      return typeof heard === 'object' ? heard : { isNew: heard === 'new', answers: [] }
    }
    const problem = await this.freezes.problem(net, message)
    if (problem === 'signature_invalid') return { fault: 'freeze_forged' }
    if (problem !== null) return { isNew: false, answers: [] }
    await freeze(message)
    const notices = await this.freezes.held(net, message)
    return { isNew: true, answers: notices.map((notice) => ({ name: 'frozen', ...notice })) }
  }

  /** What a member is told when it is met: the evidence that is held. */
  async greeting(net: Uint8Array): Promise<Gossip[]> {
    const conflicts = await this.records.conflicts(net)
    return conflicts.map((conflict) => ({ name: 'conflicts', conflicts: [encodeConflict(conflict)] }))
  }

  private async hearConflicts(net: Uint8Array, blocks: readonly Uint8Array[]): Promise<GossipHeard> {
    let isNew = false
    for (const block of blocks) {
      const conflict = read(block)
      if (!conflict) return { fault: 'conflict_forged' }
      const contexts: WitnessConfig[] = []
      for (const { cfg } of conflict.certificates) {
        const config = await this.membership.witnessConfig(net, cfg)
        if (config) contexts.push(config)
      }
      const check = checkConflict(
        conflict,
        net,
        (cfg) => contexts.find((config) => equalBytes(config.cfg, cfg)) ?? null,
      )
      // Under a configuration that is not known here yet: it is told again when this node is met next.
      if (!check.ok && check.reason === 'cfg_unknown') continue
      if (!check.ok) return { fault: 'conflict_forged' }
      isNew = (await this.records.keepConflict(net, conflict)) || isNew
    }
    return { isNew, answers: [] }
  }
}

function read(block: Uint8Array): Conflict | null {
  try {
    return decodeConflict(block)
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}

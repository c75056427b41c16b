// Catching up: reconciling with a peer, fetching what is missing, and confirming that both hold the same then.

import { type Entry, equalBytes, type PackedRun, recordId } from '#libs/record'
import { Certifying } from './certifying.js'
import type { Input } from './effects.js'
import { HandingOn } from './handing-on.js'
import { keyOf } from './keys.js'
import type { Machine } from './machine.js'
import type { BriefEntry, Claim, Heard, Messages, WalkStep } from './messages.js'
import { Parting } from './parting.js'
import type { Peer } from './peer.js'
import { sendSteps } from './walk-sending.js'
import { answerStep, firstStep } from './walk.js'

/** While at least so many records are on their way, certificates wait. */
const BULK_RECORDS = 2_048
/** While roots differ the next walk comes after this (ms), doubling. */
const FIRST_AGAIN_MS = 2_000
/** A download that ends is followed by a walk, but not more often than this (ms). */
const CONFIRM_MS = 1_000
/** Who was served so short a time ago (ms) goes on fetching. */
const FETCHING_MS = 5_000

export class CatchingUp {
  private readonly handing: HandingOn
  private readonly parting: Parting
  private readonly certifying: Certifying
  private wasBusy = false
  /** When a peer last claimed more than is held, and since when that goes on without anything new. */
  private claimedMoreAtMs = -Infinity
  private staleSinceMs: number | null = null

  constructor(private readonly machine: Machine) {
    this.handing = new HandingOn(machine)
    this.parting = new Parting(machine)
    this.certifying = new Certifying(machine)
  }

  /** What is known of a peer that is gone. */
  forgetPeer(name: string): void {
    this.parting.forgetPeer(name)
  }

  hearIds(peer: Peer, message: Messages['ids']): void {
    this.parting.hearIds(peer, message)
  }

  ownIds(input: Input & { type: 'ownIds' }): void {
    this.parting.ownIds(input)
  }

  /** Begins to reconcile. */
  startWalk(peer: Peer): void {
    if (!peer.isMutual || !peer.mayWalk(this.machine.nowMs)) return
    peer.walkedAtMs = this.machine.nowMs
    // What differs may differ for a while; what was lost on its way is found soon.
    if (!peer.figures.inSync) peer.walkAgainMs = Math.min(peer.walkAgainMs * 2, this.machine.limits.reconcileMs)
    peer.send('walk', { steps: [firstStep(this.machine.tree)] })
  }

  hearWalk(peer: Peer, { steps }: Messages['walk'], bytes: number): void {
    const { machine } = this
    if (peer.standing === 'stranger') return this.hearAll(peer, steps, bytes)
    if (!peer.isMember) return
    if (steps[0]?.kind === 'root' && !peer.mayWalk(machine.nowMs)) return machine.counts.add('walksRefused')
    peer.figures.inSync = steps.length === 0
    if (steps.length === 0) {
      peer.walkSinceMs = null
      peer.walkAgainMs = FIRST_AGAIN_MS
      return
    }
    peer.walkBytesLeft -= bytes
    if (peer.walkBytesLeft < 0) return machine.counts.add('walkBytesRefused')
    const answers: WalkStep[] = []
    let isEqual = false
    for (const step of steps) {
      const { steps: next, theirs } = answerStep(machine.tree, step, peer.handshakeHash)
      answers.push(...next)
      if (step.kind === 'root') {
        isEqual = next.length === 0
        peer.figures.inSync = isEqual
      }
      for (const entry of theirs) {
        this.learn(peer, entry)
        this.certifying.learn(peer, entry)
      }
    }
    if (isEqual) peer.send('walk', { steps: [] })
    sendSteps(peer, answers)
    // What needs no answer ends the walk.
    if (answers.every(({ kind }) => kind === 'answer' || kind === 'brief')) peer.walkSinceMs = null
    this.fetch()
  }

  /** What a member that is not known here yet says that it holds. */
  private hearAll(peer: Peer, steps: readonly WalkStep[], bytes: number): void {
    peer.walkBytesLeft -= bytes
    if (peer.walkBytesLeft < 0) return this.machine.counts.add('walkBytesRefused')
    for (const step of steps) {
      if (step.kind !== 'brief') continue
      peer.toldAll = true
      for (const entry of answerStep(this.machine.tree, step, peer.handshakeHash).theirs) {
        this.learn(peer, entry)
        this.certifying.learn(peer, entry)
      }
    }
    this.fetch()
  }

  /** Whether it is time to reconcile with a peer: each minute, and sooner as long as the roots differ and nothing is under way. */
  isWalkDue(peer: Peer): boolean {
    const { nowMs, limits } = this.machine
    // What it lacks it is fetching: to tell it all of that again would change nothing.
    const isFetching = peer.serving.size > 0 || nowMs - peer.servedAtMs < FETCHING_MS
    const isSettled = peer.figures.inSync || this.wasBusy || isFetching
    return peer.isMutual && nowMs - peer.walkedAtMs >= (isSettled ? limits.reconcileMs : peer.walkAgainMs)
  }

  /** An entry of a peer that differs from what is held here. */
  private learn(peer: Peer, theirs: Entry | BriefEntry): void {
    const { machine } = this
    peer.knows(theirs.author, theirs.length)
    const mine = machine.tree.get(theirs.author)
    this.claim(peer, theirs)
    if (mine && 'head' in theirs && mine.length === theirs.length && !equalBytes(mine.head, theirs.head)) {
      if (!mine.forked && !theirs.forked) this.parting.search(peer, mine.author, mine.length - 1)
    }
    if (mine?.forked && !theirs.forked) {
      machine.effects.push({ type: 'serveForks', peer: peer.name, authors: [mine.author] })
    }
  }

  /** A peer holds so many records of a log. */
  claim(peer: Peer, { author, length }: Pick<Claim, 'author' | 'length'>): void {
    const { download, tree, nowMs } = this.machine
    peer.knows(author, length)
    const held = tree.get(author)?.length ?? 0
    if (length > held) this.claimedMoreAtMs = nowMs
    const handedOn = download.handedOn(author)
    if (handedOn !== undefined && handedOn > held && this.handing.isStalled(author))
      download.restart(author, held, nowMs)
    download.claim(author, peer.name, length, held, this.isAskedFirst(author), nowMs)
  }

  hearAnnounce(peer: Peer, { claims }: Messages['announce']): void {
    if (peer.standing !== 'member' && peer.standing !== 'stranger') return
    for (const claim of claims) {
      this.claim(peer, claim)
      const mine = this.machine.tree.get(claim.author)
      const isFork = mine?.length === claim.length && !mine.forked && !equalBytes(mine.head, claim.head)
      if (isFork) this.parting.search(peer, claim.author, claim.length - 1)
    }
    this.fetch()
  }

  hearPush(peer: Peer, { runs }: Heard['push']): void {
    if (!peer.isMember) return
    const { machine } = this
    for (const run of runs) {
      const length = run.end
      peer.knows(run.author, length)
      this.countIn(peer, run.count)
      const mine = machine.tree.get(run.author)
      // The store holds the other side, and makes the proof.
      const isFork = mine !== undefined && !mine.forked && endsOtherwise(run, mine)
      if (mine && length <= mine.length && !isFork) {
        machine.counts.add('pushesKnown', run.count)
        continue
      }
      const pushed = { peer: peer.name, run }
      const isTaken = this.isAskedFirst(run.author) && this.mayPush(peer, run.count)
      const next = !isTaken ? null : isFork ? pushed : machine.download.takePushed(pushed, mine?.length ?? 0)
      if (next) this.handing.put([next])
      else this.claim(peer, { author: run.author, length })
    }
    this.fetch()
  }

  hearRecords(peer: Peer, { request, runs, last }: Heard['records']): void {
    const { download, nowMs } = this.machine
    this.handing.put(download.arrived(peer.name, request, runs, last, nowMs))
    this.countIn(
      peer,
      runs.reduce((sum, { count }) => sum + count, 0),
    )
    this.fetch()
  }

  hearWant(peer: Peer, { request, ranges }: Messages['want']): void {
    if (!peer.isMember) return
    if (!peer.mayAsk(request, ranges.length)) return this.machine.counts.add('requestsRefused')
    this.machine.effects.push({ type: 'serve', peer: peer.name, request, ranges })
  }

  /** What the store made of a batch. Acceptance itself is told by `advanced`. */
  ingested({ batch, refused }: Input & { type: 'ingested' }): void {
    const { machine } = this
    const senders = this.handing.done(batch)
    if (!senders) return
    for (const { author, reason, provable } of refused) {
      const held = machine.tree.get(author)?.length ?? 0
      const peer = machine.peers.get(senders.get(keyOf(author)) ?? '')
      machine.download.refused(author, held, machine.nowMs)
      if (!peer) continue
      if (provable) peer.close(reason, true)
      else if (reason === 'prev_mismatch') this.parting.search(peer, author, held - 1)
    }
    this.fetch()
  }

  /** Certificates came. */
  certificatesCame(): void {
    this.certifying.heard()
  }

  /** A log is disputed now. */
  forked(author: Uint8Array): void {
    this.certifying.forked(author)
  }

  /** A log is accepted up to here. */
  accepted(entry: Entry): void {
    const { machine } = this
    machine.download.accepted(entry.author, entry.length)
    this.certifying.accepted(entry)
    this.staleSinceMs = null
    this.handing.accepted(entry.author, entry.length)
  }

  /** Peers claim more than is held and nothing new comes: after some minutes others are looked for. */
  watch(): void {
    const { nowMs, limits, effects, counts } = this.machine
    const isClaimed = nowMs - this.claimedMoreAtMs < 2 * limits.reconcileMs
    if (!isClaimed) this.staleSinceMs = null
    else this.staleSinceMs ??= nowMs
    if (this.staleSinceMs === null || nowMs - this.staleSinceMs < limits.staleMs) return
    this.staleSinceMs = nowMs
    counts.add('stale')
    effects.push({ type: 'stale' })
  }

  /** Asks for what is missing, hands on what arrived, and confirms that the roots are equal once all is there. */
  fetch(): void {
    const { machine } = this
    this.handing.put(machine.download.takeReady())
    const room = machine.limits.ingestWaiting - this.handing.waitingRecords
    const { isQuiet } = this.handing
    for (const { peer, request, ranges } of machine.download.requests(machine.nowMs, room, isQuiet)) {
      machine.peers.get(peer)?.send('want', { request, ranges })
    }
    const { waitingRecords, inHand } = this.handing
    this.certifying.ask(machine.download.underWay + waitingRecords + inHand >= BULK_RECORDS)
    const isBusy = !isQuiet || !machine.download.isIdle || this.certifying.isBusy
    if (this.wasBusy && !isBusy) {
      for (const peer of machine.peers.values()) {
        if (peer.figures.inSync) continue
        peer.walkAgainMs = CONFIRM_MS
        if (machine.nowMs - peer.walkedAtMs >= CONFIRM_MS) this.startWalk(peer)
      }
    }
    this.wasBusy = isBusy
  }

  private countIn(peer: Peer, records: number): void {
    peer.figures.recordsIn += records
    this.machine.counts.add('recordsIn', records)
  }

  private mayPush(peer: Peer, records: number): boolean {
    const isAllowed = peer.mayPush(records, this.machine.nowMs)
    if (!isAllowed) this.machine.counts.add('pushesRefused', records)
    return isAllowed
  }

  private isAskedFirst(author: Uint8Array): boolean {
    const { machine } = this
    return machine.isMember(author) || (machine.genesis !== null && equalBytes(machine.genesis, author))
  }
}

/** Whether a run ends at the place where a log ends here, in another record. */
function endsOtherwise(run: PackedRun, { length, head }: Entry): boolean {
  if (run.count === 0 || run.end !== length) return false
  return !equalBytes(recordId(run.startingAt(run.end - 1).firstHeader), head)
}

// What members do: they lend. Each deed is decided from what the member's own node has accepted, as a careful person would,
// and uses the real kinds of records.

import type { Body } from '#libs/fold'
import { compareBytes, equalBytes, fromText } from '#libs/record'
import { LoanStory } from '../../../loans/src/testing/loan-story.js'
import type { Draft } from '../node/member.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import { spokenIn } from '../store/continuing.js'
import type { Held } from '../store/held.js'
import type { Random } from '../time/random.js'

/** Bodies as the rules of lending want them; what names people and records is put in. */
const STORY = new LoanStory({ amount: 120_000, instalments: 3 })
/** An offer, as its author writes it. */
export const OFFER: Draft = { kind: 'offer.published', subj: null, refs: [], body: STORY.offer.body }
const AGREEMENT = { ...STORY.propose().body }
const DAY_MS = 86_400_000
const OFFERS_EACH = 1
const REPAYMENTS = 2

/** What a member sees: what its node has accepted and is not in dispute, by kind. */
class View {
  private readonly byKind = new Map<string, Held[]>()

  constructor(readonly node: SimulatedNode) {
    for (const held of node.store.records()) {
      if (node.store.suspended.has(held.key) || spokenIn(node.store, held) === null) continue
      const of = this.byKind.get(held.header.kind)
      if (of) of.push(held)
      else this.byKind.set(held.header.kind, [held])
    }
  }

  all(kind: string): Held[] {
    return this.byKind.get(kind) ?? []
  }

  isOwn(held: Held): boolean {
    return equalBytes(this.authorOf(held), this.node.member.key)
  }

  /** The first key of whoever wrote a record. */
  authorOf({ header, fold }: Held): Uint8Array {
    const speaker = this.node.store.speakers.get(fold.author)
    return speaker ? fromText(speaker.identity) : header.author
  }

  own(kind: string): Held[] {
    return this.all(kind).filter((held) => this.isOwn(held))
  }

  others(kind: string): Held[] {
    return this.all(kind).filter((held) => !this.isOwn(held))
  }

  /** Records of a kind in the subject that a record started. */
  under(kind: string, first: Held): Held[] {
    return this.all(kind).filter(({ header }) => header.subj !== null && equalBytes(header.subj, first.id))
  }
}

/** What a member would do next; null when it can think of nothing, or its clock is behind what it would answer. */
export function nextDeed(node: SimulatedNode, random: Random): Draft | null {
  const view = new View(node)
  // A new offer is taken up soon: what is disputed later has something that rests on it then.
  const asked = random.chance(0.5) ? applications(view).slice(-1) : []
  const urgent = [...asked, ...conclusions(view), ...signatures(view), ...answers(view), ...proposals(view)]
  const usual = [...payments(view), ...applications(view), ...offers(view)]
  const [profile] = profiles(view, random)
  const deeds = urgent.length > 0 && random.chance(0.8) ? urgent : [...urgent, ...usual, ...(profile ? [profile] : [])]
  const deed = deeds.length > 0 ? random.pick(deeds) : null
  return deed && isBehind(node, deed) ? null : deed
}

/** No signer names a record whose time is above its own. */
function isBehind({ store, wallMs }: SimulatedNode, { subj, refs }: Draft): boolean {
  const names = subj === null ? refs : [subj, ...refs]
  const named = [...store.records()].filter(({ id }) => names.some((name) => equalBytes(name, id)))
  return named.some(({ header }) => header.at > wallMs)
}

function draft(kind: string, subj: Held | null, refs: readonly Held[], body: Body): Draft {
  return { kind, subj: subj?.id ?? null, refs: refs.map(({ id }) => id).sort(compareBytes), body }
}

function offers(view: View): Draft[] {
  return view.own('offer.published').length < OFFERS_EACH ? [OFFER] : []
}

function profiles(view: View, random: Random): Draft[] {
  const [first] = [...view.own('identity.created'), ...view.own('network.created')]
  return first ? [draft('profile.published', first, [], { alias: `someone ${random.below(1_000)}` })] : []
}

function applications(view: View): Draft[] {
  const asked = view.own('application.submitted').map(({ fold }) => fold.refs[0])
  return view
    .others('offer.published')
    .filter(({ fold }) => !asked.includes(fold.id))
    .sort((a, b) => a.header.at - b.header.at)
    .map((offer) => {
      const named = { offer: offer.id, lender: view.authorOf(offer) }
      return draft('application.submitted', null, [offer], { ...STORY.ask(), ...named })
    })
}

function proposals(view: View): Draft[] {
  const [offer] = view.own('offer.published')
  if (!offer) return []
  const answered = view.own('agreement.proposed').map(({ fold }) => fold.refs[0])
  return view
    .others('application.submitted')
    .filter(({ fold }) => fold.refs.includes(offer.fold.id) && !answered.includes(fold.id))
    .map((application) => {
      const lenders = [[view.node.member.key, STORY.amount]]
      const named = { offer: offer.id, application: application.id, borrower: view.authorOf(application), lenders }
      const expiresAt = view.node.wallMs + 20 * DAY_MS
      return draft('agreement.proposed', null, [application], { ...AGREEMENT, ...named, expiresAt })
    })
}

/** Proposals in which a member has a part: its own, or those that name it as the borrower. */
function partOf(view: View, proposal: Held): 'lender' | 'borrower' | null {
  if (view.isOwn(proposal)) return 'lender'
  const { borrower } = proposal.fold.body
  return borrower instanceof Uint8Array && equalBytes(borrower, view.node.member.key) ? 'borrower' : null
}

function signatures(view: View): Draft[] {
  return view
    .all('agreement.proposed')
    .filter(
      (proposal) => partOf(view, proposal) && !view.under('agreement.signed', proposal).some((of) => view.isOwn(of)),
    )
    .map((proposal) => draft('agreement.signed', proposal, [], {}))
}

function conclusions(view: View): Draft[] {
  return view.own('agreement.proposed').flatMap((proposal) => {
    const signed = view.under('agreement.signed', proposal)
    const isDone = view.under('agreement.concluded', proposal).length > 0
    if (isDone || signed.length < 2) return []
    return [
      draft(
        'agreement.concluded',
        proposal,
        signed.filter((of) => !view.isOwn(of)),
        {},
      ),
    ]
  })
}

/** Money that the other side says is on its way came. */
function answers(view: View): Draft[] {
  return view.all('agreement.concluded').flatMap((concluded) => {
    const loan = loanOf(view, concluded)
    if (!loan) return []
    const confirmed = view.under('payment.confirmed', loan).flatMap(({ fold }) => fold.refs)
    return view
      .under('payment.sent', loan)
      .filter((sent) => !view.isOwn(sent) && !confirmed.includes(sent.fold.id))
      .map((sent) => {
        const { amount, valueDate } = sent.fold.body as { amount: number; valueDate: string }
        const body = { payment: fromText(sent.fold.id), amount, receivedOn: valueDate, rail: 'bank' }
        return draft('payment.confirmed', loan, [sent], body)
      })
  })
}

function payments(view: View): Draft[] {
  return view.all('agreement.concluded').flatMap((concluded) => {
    const loan = loanOf(view, concluded)
    if (!loan) return []
    const isLender = view.isOwn(loan)
    const sent = view.under('payment.sent', loan).filter((of) => view.isOwn(of)).length
    const isPaidOut = view
      .under('payment.confirmed', loan)
      .some((confirmed) => !equalBytes(view.authorOf(confirmed), view.authorOf(loan)))
    if (isLender ? sent > 0 : !isPaidOut || sent >= REPAYMENTS) return []
    const valueDate = new Date(view.node.wallMs).toISOString().slice(0, 10)
    const body = { amount: isLender ? STORY.amount : 20_000, valueDate, rail: 'bank', reference: '' }
    return [
      draft(
        'payment.sent',
        loan,
        [concluded].filter((of) => !view.isOwn(of)),
        body,
      ),
    ]
  })
}

/** The loan of a conclusion, for those who are part of it. */
function loanOf(view: View, concluded: Held): Held | null {
  const loan = view.all('agreement.proposed').find(({ id }) => equalBytes(id, concluded.header.subj!))
  return loan && partOf(view, loan) ? loan : null
}

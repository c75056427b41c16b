/**
 * A small world for the store's specs: members lend from pots. It has what the real rules have in kind: admission, a
 * capacity judged from the author's own log, a subject that concerns another, and a lapse that frees it.
 */
import { type FeatureRules, recordKind, type SubjectType } from '#libs/fold'
import { fromText, toText } from '#libs/record'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { bulkInsert, type Cell } from './bulk-insert.shell.js'
import type { Draft, Projection } from './ports.js'

interface NetworkState {
  members: string[]
}
interface IdentityState {
  key: string | null
  admitted: boolean
}
export interface PotState {
  capacity: number
  used: number
}
export interface LoanState {
  amount: number
  signers: string[]
}

const ascending = (list: string[], item: string): string[] => [...new Set([...list, item])].sort()

const anything = { type: 'object' }
const amounts = { type: 'object', required: ['amount'], properties: { amount: { type: 'integer' } } }

const networkCreated = recordKind<object>({
  name: 'network.created',
  starts: ['network', 'identity'],
  schema: anything,
  effects: {
    network: { apply: (state: NetworkState, { author }) => void (state.members = [author]) },
    identity: {
      apply: (state: IdentityState, { author }) => void Object.assign(state, { key: author, admitted: true }),
    },
  },
})
const identityCreated = recordKind<object>({
  name: 'identity.created',
  starts: ['identity'],
  schema: anything,
  effects: { identity: { apply: (state: IdentityState, { author }) => void (state.key = author) } },
})
const identityContinued = recordKind<object>({
  name: 'identity.continued',
  belongsTo: ['identity'],
  schema: anything,
  effects: { identity: { apply: () => undefined } },
})
const memberAdmitted = recordKind<{ member: Uint8Array }>({
  name: 'member.admitted',
  belongsTo: ['network'],
  schema: { type: 'object', required: ['member'], properties: { member: { bytes: 32 } } },
  effects: {
    network: {
      judge: ({ author }, past: NetworkState) => (past.members.includes(author) ? null : 'not_a_member'),
      apply: (state: NetworkState, { body }) => void (state.members = ascending(state.members, toText(body.member))),
    },
    identity: { apply: (state: IdentityState) => void (state.admitted = true) },
  },
})
const potOpened = recordKind<{ capacity: number }>({
  name: 'pot.opened',
  starts: ['pot'],
  schema: { type: 'object', required: ['capacity'], properties: { capacity: { type: 'integer' } } },
  effects: { pot: { apply: (state: PotState, { body }) => void (state.capacity = body.capacity) } },
})
const loanProposed = recordKind<{ pot: Uint8Array; amount: number }>({
  name: 'loan.proposed',
  starts: ['loan'],
  schema: {
    type: 'object',
    required: ['pot', 'amount'],
    properties: { pot: { bytes: 32 }, amount: { type: 'integer' } },
  },
  concernsOwn: ({ pot }) => [toText(pot)],
  effects: {
    pot: {
      judge: ({ body }, past: PotState) => (past.used + body.amount > past.capacity ? 'pot_exceeded' : null),
      apply: (state: PotState, { body }) => void (state.used += body.amount),
    },
    loan: { apply: (state: LoanState, { body }) => void (state.amount = body.amount) },
  },
})
const loanSigned = recordKind<object>({
  name: 'loan.signed',
  belongsTo: ['loan'],
  schema: anything,
  effects: {
    loan: { apply: (state: LoanState, { author }) => void (state.signers = ascending(state.signers, author)) },
  },
})
const loanLapsed = recordKind<{ amount: number }>({
  name: 'loan.lapsed',
  belongsTo: ['loan'],
  schema: amounts,
  concernsAsFirst: true,
  effects: {
    pot: { apply: (state: PotState, { body }) => void (state.used -= body.amount) },
    loan: { apply: (state: LoanState) => void (state.amount = 0) },
  },
})

const types: SubjectType<never>[] = [
  { name: 'network', rank: 0, initial: (): NetworkState => ({ members: [] }) },
  { name: 'identity', rank: 1, initial: (): IdentityState => ({ key: null, admitted: false }) },
  { name: 'pot', rank: 10, initial: (): PotState => ({ capacity: 0, used: 0 }) },
  { name: 'loan', rank: 30, initial: (): LoanState => ({ amount: 0, signers: [] }) },
] as SubjectType<never>[]

export const potRules: FeatureRules = {
  kinds: [
    ...[networkCreated, identityCreated, identityContinued, memberAdmitted],
    ...[potOpened, loanProposed, loanSigned, loanLapsed],
  ],
  types,
}

export const admit = (net: string, member: string, identity: string): Draft => ({
  kind: 'member.admitted',
  subj: net,
  refs: [identity],
  body: { member: fromText(member) },
})
export const openPot = (capacity: number): Draft => ({ kind: 'pot.opened', subj: null, refs: [], body: { capacity } })
export const propose = (pot: string, amount: number): Draft => ({
  kind: 'loan.proposed',
  subj: null,
  refs: [],
  body: { pot: fromText(pot), amount },
})
export const signLoan = (loan: string): Draft => ({ kind: 'loan.signed', subj: loan, refs: [], body: {} })
export const lapse = (loan: string, amount: number): Draft => ({
  kind: 'loan.lapsed',
  subj: loan,
  refs: [],
  body: { amount },
})

export class Pots1790000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pot (id text primary key, capacity bigint not null, used bigint not null);
      create table loan (id text primary key, amount bigint not null, signers integer not null, voided integer not null);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table pot, loan`)
  }
}

export const potProjection: Projection = {
  type: 'pot',
  tables: ['pot'],
  async project(manager, subjects) {
    await manager.query(`delete from pot where id = any($1)`, [subjects.map(({ subject }) => subject)])
    const rows = subjects.filter(({ applied }) => applied.length > 0)
    await bulkInsert(
      manager,
      { name: 'pot', columns: { id: 'text', capacity: 'int8', used: 'int8' } },
      rows.map(({ subject, state }): Cell[] => [subject, (state as PotState).capacity, (state as PotState).used]),
    )
  },
}

export const loanProjection: Projection = {
  type: 'loan',
  tables: ['loan'],
  async project(manager, subjects) {
    await manager.query(`delete from loan where id = any($1)`, [subjects.map(({ subject }) => subject)])
    const rows = subjects.filter(({ applied }) => applied.length > 0)
    await bulkInsert(
      manager,
      { name: 'loan', columns: { id: 'text', amount: 'int8', signers: 'int4', voided: 'int4' } },
      rows.map(({ subject, state, voids }): Cell[] => {
        const { amount, signers } = state as LoanState
        return [subject, amount, signers.length, voids.size]
      }),
    )
  },
}

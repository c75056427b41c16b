import type { Actor, Message, Role } from './envelope.js'

/** An account on a node: who signs in there, and for which identity it acts. */
export interface AccountView {
  id: string
  name: string
  role: Role
  identity: string | null
}

/** A session of a signed-in account. The token is shown once; the node keeps its SHA-256. */
export interface SessionView {
  token: string
  expiresAtMs: number
  account: AccountView
}

/** A key whose holder operates this node from anywhere, with `mutuo --node`. */
export interface OperatorView {
  key: string
  name: string
  addedAtMs: number
  usedAtMs: number | null
}

export interface AccountMessages {
  /** What the first-run wizard needs to know. `initialised`: an operator account exists. */
  'accounts.state': Message<Record<string, never>, { initialised: boolean }>
  /** Makes the first account (an operator who also lends), with the one-time token that the node printed at start. Refuses: setup_token_wrong, already_initialised, password_too_short. */
  'accounts.setup': Message<{ setupToken: string; name: string; password: string }, SessionView>
  /** Refuses: login_failed, too_many_attempts {retryAfterSeconds}. */
  'accounts.login': Message<{ name: string; password: string }, SessionView>
  'accounts.logout': Message<{ token: string }, { ok: true }>
  /** Session or device token to account. Refuses: not_authenticated. */
  'accounts.authenticate': Message<{ token: string }, { account: AccountView }>
  /** Operator: a one-time code (valid 24 h) with which a person's app registers its first device. */
  'accounts.enrol': Message<
    { actor: Actor; name: string; role: Role },
    { code: string; expiresAtMs: number; account: AccountView }
  >
  /** Trades an enrolment code for a device token. Refuses: enrolment_code_wrong, enrolment_code_expired, too_many_attempts. */
  'accounts.registerDevice': Message<
    { code: string; deviceName: string },
    { token: string; device: string; account: AccountView }
  >
  'accounts.devices': Message<
    { actor: Actor },
    { items: { device: string; name: string; createdAtMs: number; lastUsedAtMs: number | null }[] }
  >
  'accounts.revokeDevice': Message<{ actor: Actor; device: string }, { ok: true }>
  'accounts.list': Message<{ actor: Actor }, { items: AccountView[] }>
  /** Lets the holder of a key operate this node from anywhere. Refuses: too_many_operators. */
  'operators.add': Message<{ actor: Actor; key: string; name: string }, OperatorView>
  /** From now on the key is a stranger's; what its holder has open is closed. Refuses: operator_not_found. */
  'operators.remove': Message<{ actor: Actor; key: string }, { ok: true }>
  'operators.list': Message<{ actor: Actor }, { items: OperatorView[] }>
  /** Idempotency of HTTP calls: returns the first answer under (account, key), or reserves the key. Refuses: idempotency_key_reused when the request differs, request_in_progress. */
  'accounts.idempotencyBegin': Message<
    { account: string; key: string; requestHash: string },
    { first: true } | { first: false; status: number; body: string }
  >
  'accounts.idempotencyEnd': Message<{ account: string; key: string; status: number; body: string }, { ok: true }>
}

/** The people at home on a node: their keys, and what they say of themselves. */
export { Keyring } from './keyring.shell.js'
export { profileRules } from './rules.js'

/** The people at home on a node: their keys, and what they say of themselves. */
export { Keyring } from './keyring.shell.js'
export { ProfilesController } from './profiles.controller.js'
export { ProfilesModule } from './profiles.module.js'
export { profileRules } from './rules.js'

/** The people at home on a node: their keys, what they say of themselves, and of each other. */
import { Vouches1790000001500 } from './migrations/1790000001500-vouches.js'
import { vouchProjection } from './vouch.table.js'

export { Keyring } from './keyring.shell.js'
export { ProfilesController } from './profiles.controller.js'
export { ProfilesModule } from './profiles.module.js'
export { profileRules } from './rules.js'
export { Vouches } from './vouches.service.js'
export { VouchesController } from './vouches.controller.js'
export const profileProjections = [vouchProjection]
export const profileMigrations = [Vouches1790000001500]

/** Accounts of people on a node: who signs in, with what, and for which identity. */
export { Allow, NodeController, Open } from '#libs/access'

/** Who may send which message to a node, and how requests are checked: what every controller of a node is declared with. */
export { Allow, AllowGuard, handlersWithoutRule, NodeController, Open } from './allow.shell.js'
export { RefusalException, RefusalFilter } from './refusal.shell.js'
export {
  ActorFields,
  ActorPageRequest,
  ActorRequest,
  EmptyRequest,
  IsTextId,
  nodePipe,
  OpenPageRequest,
} from './request.shell.js'

/** Who may send which message to a node, and how requests are checked: what every controller of a node is declared with. */
export { Allow, handlersWithoutRule, NodeController, Open } from './allow.shell.js'
export { OwnBooks, onlyBooksOf } from './own-books.shell.js'
export { ActorPageRequest, ActorRequest, EmptyRequest, IsTextId } from './request.shell.js'

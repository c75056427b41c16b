/** How a face (web page, borrower API) talks to its node: typed messages over a Unix socket, and refusals as problem+json. */
export { NodeClient, NodeUnreachable, NodeFailure } from './node-client.service.js'
export { NodeClientModule, type NodeClientOptions } from './node-client.module.js'
export { RefusalException, refusalToProblem, statusOfRefusal, problemType, type Problem } from './problem.js'
export { ProblemFilter } from './problem.filter.js'

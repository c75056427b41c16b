/**
 * Who may send which message. Every handler of a node names the roles that may send it, or says that it is open; the guard
 * refuses the rest, and a handler without a rule refuses everyone. `Controller` of Nest is used through `NodeController`, so
 * that no controller can forget the guard, the validation or the filter.
 */
import {
  applyDecorators,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseFilters,
  UseGuards,
  UsePipes,
} from '@nestjs/common'
import type { Actor, Role } from '#libs/messages'
import { RefusalException, RefusalFilter } from './refusal.shell.js'
import { nodePipe } from './request.shell.js'

const RULE = 'mutuo:allow'
const PATTERN = 'microservices:pattern'

/** Roles, or `open`: no actor is needed. */
type Rule = readonly Role[] | 'open'

/** The handler may be sent by accounts of these roles. Operators may send whatever any other role may. */
export const Allow = (...roles: [Role, ...Role[]]): MethodDecorator => SetMetadata(RULE, roles)

/** The handler needs no actor: it shows what the whole network knows, or it is what makes an actor (login, setup). */
export const Open = (): MethodDecorator => SetMetadata(RULE, 'open')

/** Refuses `not_allowed` unless the handler's rule lets the actor's role. */
@Injectable()
export class AllowGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const rule = ruleOf(context.getHandler())
    if (rule === 'open') return true
    const role = actorOf(context.switchToRpc().getData())?.role
    if (rule && role && (role === 'operator' || rule.includes(role))) return true
    throw new RefusalException({ refused: 'not_allowed' })
  }
}

/** A controller of the node: guarded by `Allow` and `Open`, requests validated, refusals answered as values. */
export const NodeController = (): ClassDecorator =>
  applyDecorators(Controller(), UseGuards(AllowGuard), UsePipes(nodePipe()), UseFilters(RefusalFilter))

/** What is wrong with the handlers of some controllers: `Class.method: why`. Empty when each has a rule and a validated request. */
export function handlersWithoutRule(controllers: readonly (new (...parts: never[]) => object)[]): string[] {
  return controllers.flatMap((controller) => {
    const guards = (Reflect.getMetadata('__guards__', controller) ?? []) as unknown[]
    const unguarded = guards.includes(AllowGuard) ? [] : [`${controller.name}: is no NodeController`]
    return [...unguarded, ...handlersOf(controller.prototype as object, controller.name)]
  })
}

function handlersOf(prototype: object, owner: string): string[] {
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value
    if (typeof handler !== 'function' || Reflect.getMetadata(PATTERN, handler) === undefined) return []
    const problems: string[] = []
    if (ruleOf(handler) === undefined) problems.push(`${owner}.${name}: neither Allow nor Open`)
    const [request] = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[]
    if (request === undefined || request === Object) problems.push(`${owner}.${name}: its request has no class`)
    return problems
  })
}

const ruleOf = (handler: object): Rule | undefined => Reflect.getMetadata(RULE, handler) as Rule | undefined

function actorOf(data: unknown): Partial<Actor> | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { actor } = data as { actor?: unknown }
  return typeof actor === 'object' && actor !== null ? actor : undefined
}

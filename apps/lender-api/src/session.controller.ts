import { Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { AccountView, RequestOf, SessionView } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { AskedOpenly, LenderController, NoStore, Public, type SignedInRequest } from './lender-controller.js'
import { LoginLimit } from './login-limit.service.js'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.js'

/** What the page asks first: whether the node has its first account, and who is signed in. */
export interface SessionState {
  initialised: boolean
  account: AccountView | null
}

/** Signing in and out. The token lives in a cookie that scripts can't read; bodies never carry it. */
@LenderController('session')
export class SessionController {
  constructor(
    private readonly node: NodeClient,
    private readonly limit: LoginLimit,
  ) {}

  @Get()
  @Public()
  @NoStore()
  async show(@Req() request: SignedInRequest): Promise<SessionState> {
    const { initialised } = await this.node.ask('accounts.state', {})
    const token = sessionTokenOf(request.headers.cookie)
    if (token === null) return { initialised, account: null }
    const answer = await this.node.send('accounts.authenticate', { token })
    return { initialised, account: 'account' in answer ? (answer.account as AccountView) : null }
  }

  @Post('setup')
  @Public()
  @HttpCode(200)
  async setup(
    @AskedOpenly() asked: RequestOf<'accounts.setup'>,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.limit.count(request)
    return begin(request, reply, await this.node.ask('accounts.setup', asked))
  }

  @Post('login')
  @Public()
  @HttpCode(200)
  async login(
    @AskedOpenly() asked: RequestOf<'accounts.login'>,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.limit.count(request)
    return begin(request, reply, await this.node.ask('accounts.login', asked))
  }

  @Post('logout')
  @Public()
  @HttpCode(200)
  async logout(@Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const token = sessionTokenOf(request.headers.cookie)
    if (token !== null) await this.node.ask('accounts.logout', { token })
    clearSessionCookie(request, reply)
    return { ok: true }
  }
}

function begin(request: SignedInRequest, reply: FastifyReply, session: SessionView): SessionState {
  setSessionCookie(request, reply, session.token, session.expiresAtMs)
  return { initialised: true, account: session.account }
}

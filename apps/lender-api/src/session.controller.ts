import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common'
import { IsString, MaxLength, MinLength } from 'class-validator'
import type { FastifyReply } from 'fastify'
import type { AccountView, SessionView } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { LenderController, NoStore, Public, type SignedInRequest } from './lender-controller.js'
import { LoginLimit } from './login-limit.service.js'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.js'

class Login {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  name!: string

  @IsString()
  @MinLength(1)
  @MaxLength(256)
  password!: string
}

class Setup extends Login {
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  setupToken!: string
}

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
  async setup(@Body() body: Setup, @Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.limit.count(request)
    return begin(request, reply, await this.node.ask('accounts.setup', body))
  }

  @Post('login')
  @Public()
  @HttpCode(200)
  async login(@Body() body: Login, @Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.limit.count(request)
    return begin(request, reply, await this.node.ask('accounts.login', body))
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

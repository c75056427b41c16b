/**
 * The borrower API as a process of its own, so that what faces the internet is not the process that holds keys. On another
 * machine, MUTUO_NODE_SOCKET is a socket that an encrypted tunnel leads to the node's (docs/borrower-api.md).
 */
import { join, resolve } from 'node:path'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { BorrowerApiModule } from './borrower-api.module.js'
import { BORROWER_PREFIX } from './edge/borrower-controller.js'

const socket = resolve(process.env['MUTUO_NODE_SOCKET'] ?? join(process.env['MUTUO_DATA'] ?? '.mutuo', 'node.sock'))
const port = Number(process.env['MUTUO_PORT'] ?? 8421)
const host = process.env['MUTUO_LISTEN'] ?? '127.0.0.1'

const adapter = new FastifyAdapter()
const app = await NestFactory.create<NestFastifyApplication>(BorrowerApiModule.forRoot({ socket }), adapter, {
  logger: ['error', 'warn'],
})
app.enableShutdownHooks()
await app.listen(port, host)
console.log(`borrower API on ${await app.getUrl()}/${BORROWER_PREFIX}, described at /${BORROWER_PREFIX}/docs`)

/** The API's OpenAPI 3.1 document, made from the controllers. */
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { NodeClientModule } from '#libs/node-client'
import { CONTROLLERS } from '../controllers.js'
import { Problem } from '../edge/problem.resource.js'
import { Notifications } from '../events/notifications.service.js'
import { OwnLoans } from '../loans/own-loans.service.js'

/** The socket is never opened: nothing here sends a message. */
@Module({
  imports: [NodeClientModule.forRoot({ socket: '' })],
  controllers: [...CONTROLLERS],
  providers: [OwnLoans, Notifications],
})
class DescribedModule {}

/**
 * Reads the controllers' declarations in a preview application, which makes no instance of anything: the document is the same
 * wherever the API is mounted, and can be had without a node.
 */
export async function createDocument(): Promise<OpenAPIObject> {
  const options = { preview: true, logger: false, abortOnError: false } as const
  const app = await NestFactory.create<NestFastifyApplication>(DescribedModule, new FastifyAdapter(), options)
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Mutuo borrower API')
    .setVersion('1.0.0')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token that `registerDevice` gave' }, 'device')
    .build()
  return SwaggerModule.createDocument(app, about, { extraModels: [Problem] })
}

const DESCRIPTION = `Everything that a borrower's app needs, from the first start to the last instalment.

**Start.** The operator of a node gives an enrolment code (\`mutuo user add NAME\`). \`registerDevice\` trades it for a device
token, which goes into \`Authorization: Bearer …\` of every other request.

**Amounts** are integers in minor units with their ISO 4217 currency. Rates are parts per million a year: 72500 is 7.25 %.
Instants are RFC 3339 in UTC, days \`YYYY-MM-DD\`. Ids and keys are 52 characters of z-base-32.

**Problems** are \`application/problem+json\` (RFC 9457). \`type\` is stable: decide by it, not by the title. Every endpoint lists
its own by status.

**Changes** need an \`Idempotency-Key\`. Repeat a request whose answer was lost under the same key: it has its effect once, and
the first answer comes again with \`Idempotency-Replayed: true\`. The same key with another request is refused.

**Reading again** is cheap: every answer to GET has an \`ETag\`; send it as \`If-None-Match\`, and an unchanged one is 304.

**Lists** come in pages: \`next\` of one is \`cursor\` of the following; the last page has none.

**Rates**: \`RateLimit-*\` headers say what is left; a 429 says in \`Retry-After\` when to come back.

**Versions.** What is described here does not change under \`/borrower/v1\` except by addition: ignore members that you don't
know. What is to go is announced by \`Deprecation\` and \`Sunset\` headers at least six months ahead.`

import { All, Controller, Get, Header, UseFilters, UseInterceptors } from '@nestjs/common'
import type { OpenAPIObject } from '@nestjs/swagger'
import { ProblemFilter, RefusalException } from '#libs/node-client'
import { BORROWER_PREFIX } from '../edge/borrower-controller.js'
import { ConditionalGetInterceptor } from '../edge/conditional-get.interceptor.js'
import { Documents } from './documents.service.js'

/** The API's description, for programs and for people; and an answer for paths that it does not have. */
@Controller(BORROWER_PREFIX)
@UseFilters(ProblemFilter)
export class DocsController {
  constructor(private readonly documents: Documents) {}

  @Get('openapi.json')
  @UseInterceptors(ConditionalGetInterceptor)
  openApi(): Promise<OpenAPIObject> {
    return this.documents.openApi()
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  docs(): Promise<string> {
    return this.documents.html()
  }

  @All('*')
  nothing(): never {
    throw new RefusalException({ refused: 'not_found' })
  }
}

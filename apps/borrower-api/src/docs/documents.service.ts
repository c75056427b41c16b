import { Injectable } from '@nestjs/common'
import type { OpenAPIObject } from '@nestjs/swagger'
import { createDocument } from './document.js'
import { docsPage } from './docs-page.js'

/** The document and the page made from it; both are made once, when first asked for. */
@Injectable()
export class Documents {
  private document: Promise<OpenAPIObject> | undefined
  private page: Promise<string> | undefined

  openApi(): Promise<OpenAPIObject> {
    return (this.document ??= createDocument())
  }

  html(): Promise<string> {
    return (this.page ??= this.openApi().then(docsPage))
  }
}

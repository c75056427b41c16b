import { Get } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, AskedOpenly, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** What records say of a person, and what others have attested. */
@LenderController('')
export class TrustController {
  constructor(private readonly node: NodeClient) {}

  @Get('track-records/:identity')
  @For(...READERS)
  @NoStore()
  trackRecord(@AskedOpenly() request: RequestOf<'trackRecords.show'>) {
    return this.node.ask('trackRecords.show', request)
  }

  /** The records behind a figure. */
  @Get('track-records/:identity/evidence')
  @For(...READERS)
  @NoStore()
  evidence(@Asked() request: RequestOf<'trackRecords.evidence'>) {
    return this.node.ask('trackRecords.evidence', request)
  }

  @Get('attestations')
  @For(...READERS)
  @NoStore()
  attestations(@Asked() request: RequestOf<'attestations.list'>) {
    return this.node.ask('attestations.list', request)
  }
}

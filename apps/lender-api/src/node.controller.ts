import { Get } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { AskedOpenly, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** The node itself: its state, its peers, what forked, and any record. */
@LenderController('')
export class NodeController {
  constructor(private readonly node: NodeClient) {}

  @Get('status')
  @For(...READERS)
  @NoStore()
  status() {
    return this.node.ask('node.status', {})
  }

  @Get('peers')
  @For(...READERS)
  @NoStore()
  peers() {
    return this.node.ask('peers.list', {})
  }

  @Get('forks')
  @For(...READERS)
  @NoStore()
  forks() {
    return this.node.ask('forks.list', {})
  }

  @Get('records/:id')
  @For(...READERS)
  @NoStore()
  record(@AskedOpenly() request: RequestOf<'records.show'>) {
    return this.node.ask('records.show', request)
  }

  @Get('timeline/:subject')
  @For(...READERS)
  @NoStore()
  timeline(@AskedOpenly() request: RequestOf<'records.timeline'>) {
    return this.node.ask('records.timeline', request)
  }
}

import { Get, Param } from '@nestjs/common'
import { NodeClient } from '#libs/node-client'
import { For, LenderController, NoStore, READERS, TextIdPipe } from './lender-controller.js'

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
  record(@Param('id', TextIdPipe) id: string) {
    return this.node.ask('records.show', { id })
  }

  @Get('timeline/:subject')
  @For(...READERS)
  @NoStore()
  timeline(@Param('subject', TextIdPipe) subject: string) {
    return this.node.ask('records.timeline', { subject })
  }
}

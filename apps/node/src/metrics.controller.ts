import { Controller, Get, Header } from '@nestjs/common'
import { NodeClient } from '#libs/node-client'
import { METRICS_TYPE, metricsText } from './metrics-text.js'

/** `/metrics` for Prometheus: figures only, no names, keys or amounts. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly node: NodeClient) {}

  @Get()
  @Header('content-type', METRICS_TYPE)
  @Header('cache-control', 'no-store')
  async read(): Promise<string> {
    const { items } = await this.node.ask('node.metrics', {})
    return metricsText(items)
  }
}

import { type DynamicModule, Module } from '@nestjs/common'
import type { StoreOptions } from './ports.js'

/**
 * The store as a global Nest module: provides Records, TypeORM's DataSource, CLOCK and SIGNER, and answers `records.*`,
 * `store.*` and `events.watch`. Stops the database when the application closes.
 */
@Module({})
export class StoreModule {
  static forRoot(options: StoreOptions): DynamicModule {
    return StoreModule.forRootAsync({ useFactory: () => options })
  }

  static forRootAsync(_source: {
    imports?: DynamicModule['imports']
    inject?: never[]
    useFactory: (...dependencies: never[]) => StoreOptions | Promise<StoreOptions>
  }): DynamicModule {
    return { module: StoreModule, global: true }
  }
}

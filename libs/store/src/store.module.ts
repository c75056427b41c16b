import { type DynamicModule, Inject, type InjectionToken, Module, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Books } from './books.service.js'
import { openDatabase, type OpenDatabase } from './database.shell.js'
import { CLOCK, SIGNER, type StoreOptions } from './ports.js'
import { Records } from './records.service.js'
import { StoreQueries } from './store-queries.service.js'
import { StoreController } from './store.controller.js'

const OPTIONS = Symbol('store options')
const DATABASE = Symbol('open database')

/** Where the options come from when they depend on other providers. */
export interface StoreOptionsSource<D extends unknown[]> {
  imports?: DynamicModule['imports']
  inject?: InjectionToken[]
  useFactory: (...dependencies: D) => StoreOptions | Promise<StoreOptions>
}

/**
 * The store as a global module. Provides Records, Books, TypeORM's DataSource, CLOCK and SIGNER, and answers `records.*`,
 * `store.*` and `events.watch`. The database stops when the application has shut down.
 */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly opened: OpenDatabase,
    private readonly records: Records,
  ) {}

  static forRoot(options: StoreOptions): DynamicModule {
    return StoreModule.forRootAsync({ useFactory: () => options })
  }

  static forRootAsync<D extends unknown[]>(source: StoreOptionsSource<D>): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      imports: source.imports ?? [],
      controllers: [StoreController],
      providers: [
        { provide: OPTIONS, inject: source.inject ?? [], useFactory: source.useFactory },
        { provide: DATABASE, inject: [OPTIONS], useFactory: openDatabase },
        { provide: DataSource, inject: [DATABASE], useFactory: ({ database }: OpenDatabase) => database },
        { provide: CLOCK, inject: [OPTIONS], useFactory: ({ clock }: StoreOptions) => clock },
        { provide: SIGNER, inject: [OPTIONS], useFactory: ({ signer }: StoreOptions) => signer },
        {
          provide: Records,
          inject: [DataSource, OPTIONS],
          useFactory: (database: DataSource, options: StoreOptions) => new Records(database, options),
        },
        {
          provide: Books,
          inject: [DataSource, Records, OPTIONS],
          useFactory: (database: DataSource, records: Records, options: StoreOptions) =>
            new Books(database, records, options),
        },
        {
          provide: StoreQueries,
          inject: [DataSource, Records, OPTIONS],
          useFactory: (database: DataSource, records: Records, { peopleOf }: StoreOptions) =>
            new StoreQueries(database, records, peopleOf),
        },
      ],
      exports: [Records, Books, StoreQueries, DataSource, CLOCK, SIGNER],
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.records.close()
    await this.opened.close()
  }
}

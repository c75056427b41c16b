/** The node without its faces: everything that answers on its socket. One line per feature. */
import { type DynamicModule, Module } from '@nestjs/common'
import { accountMigrations, AccountsModule } from '#libs/accounts'
import { attestationMigrations, attestationProjections, AttestationsModule } from '#libs/attestations'
import { CollateralModule } from '#libs/collateral'
import { disputeMigrations, disputeProjections, DisputesModule } from '#libs/disputes'
import { guaranteeMigrations, guaranteeProjections, GuaranteesModule } from '#libs/guarantees'
import { LedgerModule, ledgerMigrations, ledgerVerifySteps } from '#libs/ledger'
import { loanMigrations, loanProjections, LoansModule } from '#libs/loans'
import { networkMigrations, NetworkModule, networkProjections, peopleOf } from '#libs/network'
import { noteMigrations, noteProjections, NotesModule } from '#libs/notes'
import { offerMigrations, offerProjections, OffersModule } from '#libs/offers'
import { payeeMigrations, payeeProjections, PayeesModule } from '#libs/payees'
import { paymentMigrations, paymentProjections, PaymentsModule, paymentVerifySteps } from '#libs/payments'
import { type Keyring, profileMigrations, profileProjections, ProfilesModule } from '#libs/profiles'
import {
  PrivateBodiesModule,
  replicationMigrations,
  ReplicationModule,
  type ReplicationOptions,
} from '#libs/replication'
import { ReportsModule } from '#libs/reports'
import { requestMigrations, requestProjections, RequestsModule } from '#libs/requests'
import { rules } from '#libs/rules'
import { type Clock, type DatabaseOptions, StoreModule } from '#libs/store'

export interface NodeOptions {
  readonly database: DatabaseOptions
  readonly keyring: Keyring
  readonly clock: Clock
  readonly replication: ReplicationOptions
}

@Module({})
export class NodeModule {
  static forRoot({ database, keyring, clock, replication }: NodeOptions): DynamicModule {
    return {
      module: NodeModule,
      imports: [
        StoreModule.forRoot({
          database,
          rules,
          clock,
          signer: keyring,
          peopleOf,
          projections: [
            ...networkProjections,
            ...profileProjections,
            ...attestationProjections,
            ...offerProjections,
            ...requestProjections,
            ...loanProjections,
            ...guaranteeProjections,
            ...noteProjections,
            ...payeeProjections,
            ...paymentProjections,
            ...disputeProjections,
          ],
          migrations: [
            ...networkMigrations,
            ...profileMigrations,
            ...attestationMigrations,
            ...accountMigrations,
            ...offerMigrations,
            ...requestMigrations,
            ...ledgerMigrations,
            ...loanMigrations,
            ...guaranteeMigrations,
            ...noteMigrations,
            ...payeeMigrations,
            ...paymentMigrations,
            ...disputeMigrations,
            ...replicationMigrations,
          ],
          verifySteps: [...ledgerVerifySteps, ...paymentVerifySteps],
        }),
        ProfilesModule.forRoot(keyring),
        NetworkModule.forRoot({ addresses: startingPoints(replication.discovery) }),
        AttestationsModule,
        AccountsModule,
        OffersModule,
        RequestsModule,
        LoansModule,
        GuaranteesModule,
        NotesModule,
        CollateralModule,
        PayeesModule,
        PaymentsModule,
        DisputesModule,
        LedgerModule,
        ReportsModule,
        ReplicationModule.forRoot(replication),
        PrivateBodiesModule,
      ],
    }
  }
}

/** The DHT nodes that invites name: none when the DHT is the public one. */
function startingPoints(discovery: ReplicationOptions['discovery']): [string, number][] {
  return discovery.kind === 'private' ? discovery.bootstrap.map(({ host, port }) => [host, port]) : []
}

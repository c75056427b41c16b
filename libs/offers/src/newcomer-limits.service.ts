/** The limits for newcomers that the network's policy in force sets, by the loans that this node holds: see `judgeNewcomer`. */
import { Injectable } from '@nestjs/common'
import type { Refusal } from '#libs/fold'
import type { NewcomerPolicy, NewcomerView } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { Configurations } from '#libs/network'
import type { EntityManager } from 'typeorm'
import { readBorrowings } from './borrowing.table.js'
import { judgeNewcomer, newcomerView, type Borrowed } from './newcomer.js'
import { Turns } from './turns.shell.js'

@Injectable()
export class NewcomerLimits {
  private readonly turns = new Turns()

  constructor(private readonly configurations: Configurations) {}

  /** Runs a command with which somebody borrows, after those before it. */
  inTurn<T>(borrower: string, command: () => Promise<T>): Promise<T> {
    return this.turns.take(borrower, command)
  }

  /** Refuses: newcomer_limit. */
  async judge(
    manager: EntityManager,
    net: string,
    borrower: string,
    borrowed: Borrowed,
    asOf: PlainDate,
  ): Promise<Refusal | null> {
    const policy = await this.policy(net)
    return policy ? judgeNewcomer(policy, await readBorrowings(manager, borrower), borrowed, asOf) : null
  }

  /** Where somebody stands; null where the network sets no limits. */
  async view(manager: EntityManager, net: string, borrower: string, asOf: PlainDate): Promise<NewcomerView | null> {
    const policy = await this.policy(net)
    return policy ? newcomerView(policy, await readBorrowings(manager, borrower), asOf) : null
  }

  private async policy(net: string): Promise<NewcomerPolicy | undefined> {
    return (await this.configurations.inForce(net))?.policy.newcomer
  }
}

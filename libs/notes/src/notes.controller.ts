import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  LapseOrderRequest,
  ListingRequest,
  ListNotesRequest,
  MarketRequest,
  OrderNoteRequest,
  PayOrderRequest,
  QuoteNoteRequest,
  SellNoteRequest,
  ShowNoteRequest,
  TransferNoteRequest,
} from './notes.dto.js'
import { Notes } from './notes.service.js'

/** `notes.*`: see libs/messages for what each takes, answers and refuses. Who may do what depends on the note, not the role. */
@NodeController()
export class NotesController {
  constructor(private readonly notes: Notes) {}

  @MessagePattern('notes.list')
  @Allow('borrower', 'lender', 'auditor')
  list(request: ListNotesRequest) {
    return this.notes.list(request)
  }

  @MessagePattern('notes.show')
  @Allow('borrower', 'lender', 'auditor')
  show(request: ShowNoteRequest) {
    return this.notes.show(request)
  }

  @MessagePattern('notes.market')
  @Allow('borrower', 'lender', 'auditor')
  market(request: MarketRequest) {
    return this.notes.market(request)
  }

  @MessagePattern('notes.quote')
  @Allow('lender')
  quote(request: QuoteNoteRequest) {
    return this.notes.quote(request)
  }

  @MessagePattern('notes.sell')
  @Allow('lender')
  sell(request: SellNoteRequest) {
    return this.notes.sell(request)
  }

  @MessagePattern('notes.delist')
  @Allow('lender')
  delist(request: ListingRequest) {
    return this.notes.delist(request)
  }

  @MessagePattern('notes.order')
  @Allow('lender')
  order(request: OrderNoteRequest) {
    return this.notes.order(request)
  }

  @MessagePattern('notes.pay')
  @Allow('lender')
  pay(request: PayOrderRequest) {
    return this.notes.pay(request)
  }

  @MessagePattern('notes.transfer')
  @Allow('lender')
  transfer(request: TransferNoteRequest) {
    return this.notes.transfer(request)
  }

  @MessagePattern('notes.lapse')
  @Allow('lender')
  lapse(request: LapseOrderRequest) {
    return this.notes.lapse(request)
  }
}

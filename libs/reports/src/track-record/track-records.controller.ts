import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { ShowTrackRecordRequest, TrackEvidenceRequest } from './track-records.dto.js'
import { TrackRecords } from './track-records.service.js'

/** `trackRecords.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class TrackRecordsController {
  constructor(private readonly tracks: TrackRecords) {}

  @MessagePattern('trackRecords.show')
  @Open()
  show(request: ShowTrackRecordRequest): Promise<AnswerOf<'trackRecords.show'>> {
    return this.tracks.show(request)
  }

  @MessagePattern('trackRecords.evidence')
  @Allow('lender', 'borrower', 'auditor')
  evidence(request: TrackEvidenceRequest): Promise<AnswerOf<'trackRecords.evidence'>> {
    return this.tracks.evidence(request)
  }
}

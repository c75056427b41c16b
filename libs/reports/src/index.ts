/** Reports: portfolio, arrears, interest, cash flow, returns and guarantees, each a pure function of folded loans and a date. */
export { Reports } from './reports.service.js'
export { ReportsController } from './reports.controller.js'
export { TrackRecordsController } from './track-record/track-records.controller.js'
export { ReportsModule } from './reports.module.js'

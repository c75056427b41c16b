/** The page in German. */
import type { en } from './en'
import { books } from './de/books'
import { loans } from './de/loans'
import { notes } from './de/notes'
import { offers } from './de/offers'
import { page } from './de/page'
import { payees } from './de/payees'
import { problems } from './de/problems'
import { records } from './de/records'
import { requests } from './de/requests'
import { trust } from './de/trust'

export const de: Record<keyof typeof en, string> = {
  ...page,
  ...offers,
  ...requests,
  ...notes,
  ...trust,
  ...loans,
  ...books,
  ...records,
  ...payees,
  ...problems,
}

/** The page in English. Keys are shared by all languages; texts are ICU messages. */
import { books } from './en/books'
import { loans } from './en/loans'
import { notes } from './en/notes'
import { offers } from './en/offers'
import { page } from './en/page'
import { payees } from './en/payees'
import { problems } from './en/problems'
import { records } from './en/records'
import { requests } from './en/requests'
import { trust } from './en/trust'

export const en = {
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
} as const

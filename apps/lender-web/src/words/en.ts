/** The page in English. Keys are shared by all languages; texts are ICU messages. */
import { books } from './en/books'
import { loans } from './en/loans'
import { offers } from './en/offers'
import { page } from './en/page'
import { payees } from './en/payees'
import { problems } from './en/problems'
import { records } from './en/records'
import { requests } from './en/requests'

export const en = { ...page, ...offers, ...requests, ...loans, ...books, ...records, ...payees, ...problems } as const

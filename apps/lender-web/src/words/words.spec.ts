import { createIntl } from 'react-intl'
import { de } from './de'
import { en } from './en'

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => String(name)).sort()

describe('the words', () => {
  it('are there in both languages, and take the same figures', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort())
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect([key, [...new Set(placeholders(de[key]))]]).toEqual([key, [...new Set(placeholders(en[key]))]])
  })

  it.each([
    ['en', en],
    ['de', de],
  ])('are well-formed messages (%s)', (locale, messages) => {
    const errors: unknown[] = []
    const intl = createIntl({ locale, messages, onError: (error) => errors.push(error) })
    const names = Object.values(messages).flatMap(placeholders)
    const values = Object.fromEntries(names.map((name) => [name, 2]))
    for (const id of Object.keys(messages)) expect(intl.formatMessage({ id }, values)).not.toBe('')
    expect(errors).toEqual([])
  })
})

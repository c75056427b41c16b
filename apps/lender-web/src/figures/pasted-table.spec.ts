import fc from 'fast-check'
import { dateOfEpochDay } from '#libs/money'
import { readTable, writeTable } from './pasted-table'

describe('a table that is typed or pasted', () => {
  it('is read by tabs, semicolons or commas, with a heading or without', () => {
    const rows = [
      ['2030-02-01', 10_000, 500, 0],
      ['2030-03-01', 20_050, 400, 100],
    ]
    expect(readTable('2030-02-01\t100.00\t5.00\n2030-03-01\t200.50\t4\t1', 'EUR', 'en')).toEqual(rows)
    expect(readTable('Due;Principal;Interest;Fees\r\n01.02.2030;100;5,00\r\n1.3.2030;200,5;4;1', 'EUR', 'de')).toEqual(
      rows,
    )
    expect(readTable('\n2030-02-01,100,5,0\n\n2030-03-01,200.5,4,1\n', 'EUR', 'en')).toEqual(rows)
    expect(readTable('', 'EUR', 'en')).toEqual([])
  })

  it('names the first line that it can’t read, and why', () => {
    expect(readTable('2030-02-01;1;1\n2030-02-30;1;1', 'EUR', 'en')).toEqual({ line: 2, because: 'date' })
    expect(readTable('1.13.2030;1;1', 'EUR', 'en')).toEqual({ line: 1, because: 'date' })
    expect(readTable('2030-02-01;1', 'EUR', 'en')).toEqual({ line: 1, because: 'columns' })
    expect(readTable('2030-02-01;1;1;1;1', 'EUR', 'en')).toEqual({ line: 1, because: 'columns' })
    expect(readTable('2030-02-01;1;-1', 'EUR', 'en')).toEqual({ line: 1, because: 'amount' })
    expect(readTable('2030-02-01;1.001;1', 'EUR', 'en')).toEqual({ line: 1, because: 'amount' })
  })

  it('is read as it was written, in every locale and currency', () => {
    const amount = fc.nat({ max: 1_000_000_000 })
    const row = fc.record({
      dueDate: fc.integer({ min: 0, max: 40_000 }).map(dateOfEpochDay),
      principal: amount,
      interest: amount,
      fees: amount,
    })
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        fc.constantFrom('en', 'de', 'fr', 'de-CH'),
        (rows, currency, locale) => {
          const read = rows.map(({ dueDate, principal, interest, fees }) => [dueDate, principal, interest, fees])
          expect(readTable(writeTable(rows, currency, locale), currency, locale)).toEqual(read)
        },
      ),
    )
  })
})

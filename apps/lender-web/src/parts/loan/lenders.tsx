/** Who lends how much of a loan, and at which rate. */
import { Table } from '@mantine/core'
import type { LoanView } from '#libs/messages'
import { useWords } from '../../words/words'
import { DataTable } from '../data-table'
import { Money } from '../figures'
import { Person } from '../identity'
import { Section } from '../states'

/** Nothing where one lends it all. */
export function LoanLenders({ loan: { lenders, principal } }: { loan: LoanView }) {
  const { t, rate } = useWords()
  if (lenders.length === 1) return null
  return (
    <Section title={t('loan.lenders')} flush>
      <DataTable width={300} label={t('loan.lenders')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('market.lender')}</Table.Th>
            <Table.Th className="end">{t('loan.share')}</Table.Th>
            <Table.Th className="end">{t('terms.rate.label')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lenders.map(({ identity, alias, share, ratePpm }) => (
            <Table.Tr key={identity}>
              <Table.Td>
                <Person identity={identity} alias={alias} />
              </Table.Td>
              <Table.Td className="end">
                <Money amount={share} currency={principal.currency} />
              </Table.Td>
              <Table.Td className="end">{rate(ratePpm)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Section>
  )
}

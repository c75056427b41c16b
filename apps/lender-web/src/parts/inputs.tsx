/** Fields for amounts and rates. What is typed becomes an integer by moving text, so that no cent is lost on the way. */
import { Text, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { digitsOf, parseUnits, typedText } from '../figures/amount'
import { useWords } from '../words/words'

interface UnitsInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** In units of 10^-digits; null while nothing sensible is typed. */
  value: number | null
  onChange: (value: number | null) => void
  digits: number
  unit: string
  trim?: boolean
}

function UnitsInput({ value, onChange, digits, unit, trim, ...rest }: UnitsInputProps) {
  const { locale, t } = useWords()
  const shown = value === null ? '' : typedText(value, digits, locale, trim)
  const [text, setText] = useState(shown)
  // Typing leaves the text alone as long as it means the value; a value set from elsewhere is written out.
  const meant = parseUnits(text, digits, locale)
  const visible = meant === value || (value === null && text !== '') ? text : shown
  const wrong = visible !== '' && parseUnits(visible, digits, locale) === null
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      value={visible}
      error={wrong ? t('field.number') : rest.error}
      rightSection={
        <Text size="sm" c="dimmed" aria-hidden="true">
          {unit}
        </Text>
      }
      rightSectionWidth={56}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(parseUnits(event.currentTarget.value, digits, locale))
      }}
    />
  )
}

type FieldProps = Omit<UnitsInputProps, 'digits' | 'unit' | 'trim'>

/** An amount, in minor units of its currency. */
export function MoneyInput({ currency, ...rest }: FieldProps & { currency: string }) {
  return <UnitsInput {...rest} digits={digitsOf(currency)} unit={currency} />
}

/** A rate in parts per million, typed as per cent with up to four digits. */
export function RateInput(props: FieldProps) {
  return <UnitsInput {...props} digits={4} unit="%" trim />
}

/** A calendar date, `YYYY-MM-DD`, or empty. */
export function DateField({
  value,
  onChange,
  ...rest
}: Omit<TextInputProps, 'value' | 'onChange' | 'type'> & { value: string; onChange: (date: string) => void }) {
  return <TextInput {...rest} type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
}

/** A whole number. */
export function CountInput({ unit = '', ...rest }: FieldProps & { unit?: string }) {
  return <UnitsInput {...rest} digits={0} unit={unit} />
}

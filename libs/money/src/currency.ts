/** Currencies and the form in which amounts travel. */

/** An amount as bodies and messages carry it: a safe integer of minor units with its ISO 4217 code. */
export interface Money {
  amount: number
  currency: string
}

/**
 * ISO 4217 codes by the number of digits after the decimal point. Malagasy ariary and Mauritanian ouguiya divide by 5:
 * their fifths are written with one decimal (0.2 = one fifth) but the standard lists two digits; the standard's figure
 * counts here.
 */
const CODES_BY_DIGITS: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
    YER ZAR ZMW ZWG`,
  ],
]

const DIGITS = new Map(
  CODES_BY_DIGITS.flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, digits] as const)),
)

/** All codes known here, ascending. */
export const CURRENCIES: readonly string[] = [...DIGITS.keys()].sort()

/**
 * Digits after the decimal point (ISO 4217 minor unit, 0 … 4); undefined for a code that has none or does not exist.
 */
export function currencyDigits(currency: string): number | undefined {
  return DIGITS.get(currency)
}

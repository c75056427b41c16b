/** ISO 11649 creditor references: `RF`, two check digits by ISO 7064 mod 97-10, and up to 21 letters and digits. */

/** The reference of an instalment, by the loan's id (text) and the instalment's number, 0 … 999; 0 is the paying out. */
export function creditorReference(loan: string, instalment: number): string {
  const body = loan.slice(0, 18).toUpperCase() + String(instalment).padStart(3, '0')
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`
}

/** Whether a text is such a reference with right check digits. */
export function isCreditorReference(text: string): boolean {
  return /^RF\d\d[A-Z0-9]{1,21}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1
}

/** Letters count as two digits, A = 10 … Z = 35. */
function mod97(text: string): number {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

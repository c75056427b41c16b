/** A lender at the page: reads and clicks by the words that stand there, as a person does. */
import type { Locator, Page } from 'playwright-core'
import type { NodeProcess } from '#libs/lab'

export class LenderAtPage {
  constructor(
    readonly page: Page,
    private readonly node: NodeProcess,
  ) {}

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name })
  }

  /** A row of the table with this name that has these words somewhere. */
  row(table: string, words: string | RegExp): Locator {
    return this.page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: words })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  /** Waits until words stand on the page. */
  async reads(words: string | RegExp): Promise<void> {
    await this.page.getByText(words, { exact: true }).first().waitFor()
  }

  async goTo(place: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click()
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  /** The first run: with the address that the node printed, then a name and a password. */
  async setUp(name: string, password: string): Promise<void> {
    await this.page.goto(`${this.node.addresses.web}/#setup=${this.node.addresses.setupToken}`)
    await this.heading('Welcome').waitFor()
    await this.page.getByLabel('Name').fill(name)
    await this.page.getByLabel(/^Password(?! again)/).fill(password)
    await this.page.getByLabel('Password again').fill(password)
    await this.button('Make the account').click()
  }

  async createNetwork(name: string, alias: string): Promise<void> {
    await this.heading('Your lending network').waitFor()
    await this.page.getByLabel('Name of the network').fill(name)
    await this.page.getByLabel('Your alias').fill(alias)
    await this.button('Start the network').click()
    await this.heading('Overview').waitFor()
  }

  /** Makes an invite and copies its text. */
  async invite(): Promise<string> {
    await this.button('Invite someone').click()
    await this.dialog.getByRole('button', { name: 'Invite someone' }).click()
    const text = await this.dialog.getByRole('textbox', { name: 'Invite' }).inputValue()
    await this.dialog.getByRole('button', { name: 'Done' }).click()
    await this.dialog.waitFor({ state: 'hidden' })
    return text
  }

  /** From the overview: opens what someone says to have sent, and confirms it as it was said. */
  async confirmArrival(amount: string): Promise<void> {
    await this.goTo('Overview')
    await this.link(`Did ${amount} arrive?`).click()
    await this.openTab('Payments')
    await this.button('Confirm').click()
    await this.dialog.getByRole('button', { name: 'Confirm' }).click()
    await this.dialog.waitFor({ state: 'hidden' })
  }
}

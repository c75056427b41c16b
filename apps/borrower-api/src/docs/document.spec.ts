import { writeFileSync } from 'node:fs'
import { createDocument } from './document.js'
it('x', async () => {
  const d = await createDocument()
  writeFileSync('/tmp/apicli/openapi.json', JSON.stringify(d, null, 1))
})

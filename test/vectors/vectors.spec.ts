import * as record from '#libs/record'
import { checkVectors } from './check.js'

describe('the record library on libsodium and node:crypto', () => checkVectors(record))

/** RFC 9457 problem details as OpenAPI describes them. */
import { ApiProperty, getSchemaPath } from '@nestjs/swagger'

/** What every answer other than a success is. A refusal's details are further members. */
export class Problem {
  @ApiProperty({
    description: 'Stable: what a program decides by. `urn:mutuo:problem:` and the name of the refusal',
    example: 'urn:mutuo:problem:offer_capacity_exceeded',
  })
  type!: string

  @ApiProperty({ description: 'The name in words, for people who read logs', example: 'Offer capacity exceeded' })
  title!: string

  @ApiProperty({ type: 'integer', description: 'The HTTP status again', example: 409 })
  status!: number

  @ApiProperty({
    type: 'string',
    isArray: true,
    required: false,
    description: 'With `request_malformed`: each field and what is wrong with it',
  })
  problems?: string[]
}

/** A reference to it; the document takes the class in as an extra model. */
export const PROBLEM_SCHEMA = { $ref: getSchemaPath(Problem) }

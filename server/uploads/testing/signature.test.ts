import { expect, it } from 'vitest'
import { readAuthorization, signatureOf } from './signature.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const common = {
  host: 'examplebucket.s3.amazonaws.com',
  'x-amz-date': '20130524T000000Z',
  'x-amz-content-sha256': empty,
}

/** Those of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html. */
const published = {
  'GET /test.txt': {
    headers: { range: 'bytes=0-9' },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  'PUT /test%24file.text': {
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  'GET /?lifecycle': {
    headers: {},
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  'GET /?max-keys=2&prefix=J': {
    headers: {},
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
}

it.each(Object.entries(published))('signs %s as Amazon does', (request, { headers, signature }) => {
  const [method = '', address = ''] = request.split(' ')
  const [path = '', query = ''] = address.split('?')
  const all: Record<string, string> = { ...common, ...headers }
  const names = Object.keys(all).toSorted()
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names.join(';')},Signature=${signature}`
  const read = readAuthorization(authorization)
  expect(read).toMatchObject({ keyId: 'AKIAIOSFODNN7EXAMPLE', region: 'us-east-1', signature })
  if (!read) return
  expect(signatureOf({ method, path, query: new URLSearchParams(query), headers: all }, read, secret)).toBe(signature)
})

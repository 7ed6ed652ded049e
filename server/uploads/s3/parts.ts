import { S3Error, type Requests } from './requests.ts'
import { partsOf, textOf } from './xml.ts'

/** What is larger is put in parts of this size, of which only one travels at a time. S3: 5 MB at least, 10,000 parts at most. Bytes. */
export const PART = 8_000_000

const text = (response: Response) => response.text()

export function createParts(ask: Requests) {
  /** What is being put just now is no half that was left. */
  const going = new Set<string>()

  async function abandon(key: string, uploadId: string): Promise<void> {
    await ask({ method: 'DELETE', key, query: { uploadId } }, text)
  }

  async function putAll(key: string, body: Blob, uploadId: string): Promise<void> {
    let list = ''
    for (let number = 1, at = 0; at < body.size; number++, at += PART) {
      const query = { partNumber: String(number), uploadId }
      const part = body.slice(at, at + PART)
      const tag = await ask({ method: 'PUT', key, query, body: part }, ({ headers }) => headers.get('ETag'))
      list += `<Part><PartNumber>${number}</PartNumber><ETag>${tag}</ETag></Part>`
    }
    const all = new Blob([`<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`])
    const said = await ask({ method: 'POST', key, query: { uploadId }, body: all }, text)
    // It has said that all is well before it has tried.
    const code = partsOf(said, 'Error').map((error) => textOf(error, 'Code'))[0]
    if (code) throw new S3Error(code, 500)
  }

  async function putBegun(key: string, body: Blob): Promise<void> {
    const uploadId = textOf(await ask({ method: 'POST', key, query: { uploads: '' } }, text), 'UploadId')
    if (!uploadId) throw new S3Error('no UploadId')
    try {
      await putAll(key, body, uploadId)
    } catch (error) {
      // Otherwise it takes room until the next start.
      await abandon(key, uploadId).catch(() => {})
      throw error
    }
  }

  return {
    /** Each key once at a time. */
    async putInParts(key: string, body: Blob): Promise<void> {
      going.add(key)
      try {
        await putBegun(key, body)
      } finally {
        going.delete(key)
      }
    },
    /** Takes away the parts below this folder of what was never put together, and is not on its way. */
    async forgetParts(folder: string): Promise<void> {
      for (let isMore = true; isMore;) {
        const page = await ask({ method: 'GET', query: { uploads: '', prefix: folder } }, text)
        const halves = partsOf(page, 'Upload').filter((one) => !going.has(textOf(one, 'Key') ?? ''))
        for (const one of halves) await abandon(textOf(one, 'Key') ?? '', textOf(one, 'UploadId') ?? '')
        isMore = halves.length > 0 && textOf(page, 'IsTruncated') === 'true'
      }
    },
  }
}

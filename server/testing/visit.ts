/** A browser: it keeps cookies, and follows where it is sent. */
export class Visit {
  readonly #jars = new Map<string, Map<string, string>>()

  async ask(url: string, body?: unknown): Promise<Response> {
    const { origin } = new URL(url)
    const jar = this.#jars.get(origin) ?? new Map<string, string>()
    this.#jars.set(origin, jar)
    const Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const json = { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie, ...(body !== undefined && { 'Content-Type': 'application/json', Origin: origin }) },
      ...(body !== undefined && json),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    return response
  }

  /** Where the provider sends it back to: the address behind “?”. */
  async through(url: string): Promise<string> {
    const response = await this.ask(url)
    const next = new URL(response.headers.get('location') ?? '', url)
    return next.pathname === '/sso' ? next.search.slice(1) : this.through(next.href)
  }

  cookie(url: string): string {
    return `natter=${this.#jars.get(url)?.get('natter')}`
  }
}

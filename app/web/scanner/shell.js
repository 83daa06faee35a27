/**
 * What the service workers of the scanner, the brigade's tablet and the gate share: a shell of pages
 * and their parts, kept whole or not at all, and the language that was shown last.
 */

/** A program's own caches; those of the other two are never touched. */
export class Shell {
  #prefix;
  #choices;

  /**
   * @param {string} name of the program.
   * @param {string} home the path below which it works.
   * @param {string} version of the shell; another one as soon as anything in it is another.
   * @param {RequestCredentials} [credentials] "omit" where the pages are everybody's.
   */
  constructor(name, home, version, credentials = "same-origin") {
    Object.assign(this, { home, credentials });
    this.#prefix = `vereda-${name}-`;
    this.#choices = `${this.#prefix}choice`;
    this.cache = `${this.#prefix}${version}`;
  }

  /**
   * A page must be itself: neither a redirect to a sign-in nor an error page. It is read to its end
   * at once: answers that are held back unread take every connection, and those behind never come.
   * @param {string} url
   * @returns {Promise<[string, Response]>}
   */
  fetchWhole = async (url) => {
    const how = { cache: "reload", credentials: this.credentials, redirect: "error" };
    const reply = await fetch(url, how);
    if (!reply.ok) throw new Error(`${reply.status} for ${url}`);
    const headers = new Headers(reply.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name); // it is unpacked now
    return [url, new Response(await reply.arrayBuffer(), { headers })];
  };

  /** Fetch everything before anything is kept: a broken network leaves no half shell behind. @param {string[]} urls */
  async keep(urls) {
    const replies = await Promise.all(urls.map(this.fetchWhole));
    const cache = await caches.open(this.cache);
    await Promise.all(replies.map(([url, reply]) => cache.put(url, reply)));
  }

  /** Forget the shells of earlier versions; the language stays. */
  async dropOld() {
    const names = await caches.keys();
    const kept = [this.cache, this.#choices];
    const old = names.filter((name) => name.startsWith(this.#prefix) && !kept.includes(name));
    await Promise.all(old.map((name) => caches.delete(name)));
  }

  /** The language that an address asks for, or else that was shown last. @param {URL} url */
  async languageOf(url) {
    const choice = await caches.match(`${this.home}choice`, { cacheName: this.#choices });
    return url.searchParams.get("idioma") ?? choice?.text();
  }

  /** Remember a language. @param {string} lang */
  async choose(lang) {
    await (await caches.open(this.#choices)).put(`${this.home}choice`, new Response(lang));
  }

  /** What is kept under an address; undefined where nothing is. @param {RequestInfo} address */
  kept(address) {
    return caches.match(address, { cacheName: this.cache, ignoreVary: true });
  }

  /** A page as it is kept, in a language or in Spanish. @param {string} path @param {string | undefined} lang */
  async keptPage(path, lang) {
    return (await this.kept(`${path}?idioma=${lang}`)) ?? this.kept(`${path}?idioma=es`);
  }

  /** A part of a page. @param {Request} request */
  async keptAsset(request) {
    return (await this.kept(request)) ?? fetch(request);
  }
}

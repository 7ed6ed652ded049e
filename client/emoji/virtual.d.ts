/** Made by vite.config.ts of what Unicode publishes: groups in order, and of each emoji itself, its name and other words for it. */
declare module 'virtual:emoji' {
  const groups: readonly [
    name: string,
    emoji: readonly [emoji: string, name: string, keywords: string, age: number][],
  ][]
  export default groups
}

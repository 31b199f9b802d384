/** The sentences that only who leads is told (vite.config.ts). */
declare module "*.ftl?hosts" {
  const sentences: string;
  export default sentences;
}

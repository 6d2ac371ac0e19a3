// A directory (PLC), an account server (PDS) and the public view (AppView) of Bluesky on loopback, as
// npm's @atproto/dev-env has them. Says where they are in one line of JSON; ends with its standard input.
import { TestBsky, TestBsync, TestPds, TestPlc, mockNetworkUtilities } from '@atproto/dev-env'

const [plcPort, pdsPort, bskyPort] = process.env.PORTS.split(',').map(Number)
const dbUrl = process.env.DB_POSTGRES_URL
const plc = await TestPlc.create({ port: plcPort })
const bsync = await TestBsync.create({ apiKeys: ['key'], dbUrl, dbSchema: 'bsync' })
const bsky = await TestBsky.create({
  port: bskyPort,
  plcUrl: plc.url,
  pdsPort,
  bsyncApiKey: 'key',
  bsyncUrl: bsync.url,
  publicUrl: `http://localhost:${bskyPort}`,
  repoProvider: `ws://localhost:${pdsPort}`,
  dbPostgresSchema: 'appview',
  dbPostgresUrl: dbUrl,
})
bsync.ctx.dataplaneClients = [bsky.ctx.dataplane]
const pds = await TestPds.create({
  port: pdsPort,
  hostname: 'localhost',
  didPlcUrl: plc.url,
  enableDidDocWithSession: true,
  bskyAppViewUrl: bsky.url,
  bskyAppViewDid: bsky.ctx.cfg.serverDid,
})
mockNetworkUtilities(pds, bsky)
console.log(JSON.stringify({ pds: pds.url, appview: bsky.url }))

const stop = async () => {
  await Promise.allSettled([bsky.close(), bsync.close(), pds.close(), plc.close()])
  process.exit(0)
}
process.stdin.on('end', stop)
process.stdin.resume()

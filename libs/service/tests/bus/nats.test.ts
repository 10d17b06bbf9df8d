import { describeWith, needNats } from '@luna/testing'
import { busContract } from './contract.suite.ts'
import { natsAdapter } from './nats-adapter.ts'

// Its own: the contract kills processes, counts all dead letters and reads every stream.
describeWith(await needNats({ own: true }), 'the bus on NATS', server => busContract(natsAdapter(server.url)))

#!/usr/bin/env node
import { load } from './entry.js'

const { runCommandLine } = await load()
await runCommandLine(process.argv, process.env)

#!/usr/bin/env node
import { runCommandLine } from '../dist/main.js'

await runCommandLine(process.argv, process.env)

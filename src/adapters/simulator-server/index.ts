/**
 * The simulator as an HTTP server on loopback, for clients that speak HTTP. For Node.
 *
 * @module
 */
export { type ServedCall, type SimulatorServer, type SimulatorServerOptions, startSimulatorServer } from './server.js'

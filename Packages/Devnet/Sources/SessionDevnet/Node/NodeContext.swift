import SessionInterfaces

/// What the nodes of one network share.
struct NodeContext: Sendable {
    let settings: DevnetSettings
    let chain: Chain
    let daemon: Daemon
    let roster: Roster
    let sightings: SightingLog
    let transport: any Transport
    let clock: any NetworkClock
    let random: any RandomSource

    var generation: ServerGeneration { settings.generation }
}

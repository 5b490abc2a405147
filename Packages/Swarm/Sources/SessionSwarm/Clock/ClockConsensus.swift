public import SessionInterfaces

/// What several nodes' readings say about the time together. A value without I/O.
///
/// Each reading gives the network's time at one fixed instant: what the node said, less half of the time that question
/// and answer took, less what had passed since that instant until the question. The middle one of these counts, if
/// more than half of the nodes, and at least two, are close to it. So one node alone moves nothing, whatever it says
/// and however often. Follows protocol document 02, section 5.6.
public struct ClockConsensus: Sendable {
    /// Readings farther apart than this contradict each other.
    public static let tolerance = Duration.seconds(5)
    /// Nodes that are remembered.
    public static let maximumNodes = 16
    /// After this a reading is forgotten.
    public static let lifetime = Duration.seconds(600)

    /// The instant at which all readings are compared.
    private let reference: ContinuousClock.Instant
    private var readings: [Ed25519PublicKey: (time: Timestamp, takenAt: ContinuousClock.Instant)] = [:]

    public init(comparedAt reference: ContinuousClock.Instant) { self.reference = reference }

    /// Takes a node's reading in the place of its last one.
    /// - Parameter longestTrip: a reading that took longer is too vague and left out.
    public mutating func add(_ reading: ClockReading, longestTrip: Duration) {
        let trip = reading.receivedAt - reading.sentAt
        guard trip >= .zero, trip <= longestTrip else { return }
        let time = reading.time - trip / 2 - (reading.sentAt - reference)
        readings[reading.node] = (time, reading.receivedAt)
        readings = readings.filter { reading.receivedAt - $0.value.takenAt <= Self.lifetime }
        if readings.count > Self.maximumNodes, let oldest = readings.min(by: { $0.value.takenAt < $1.value.takenAt }) {
            readings[oldest.key] = nil
        }
    }

    /// The network's time at `instant`; nil while too few nodes agree.
    public func time(at instant: ContinuousClock.Instant) -> Timestamp? {
        let times = readings.values.map(\.time).sorted()
        guard times.count >= 2 else { return nil }
        let middle = times[(times.count - 1) / 2]
        let agreeing = times.count { $0 - middle <= Self.tolerance && middle - $0 <= Self.tolerance }
        guard agreeing >= 2, agreeing * 2 > times.count else { return nil }
        return middle + (instant - reference)
    }
}

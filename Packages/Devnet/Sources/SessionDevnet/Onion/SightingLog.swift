import Synchronization

/// The newest sightings, oldest first.
final class SightingLog: Sendable {
    private let limit: Int
    private let sightings = Mutex<[Sighting]>([])

    init(limit: Int) { self.limit = limit }

    var all: [Sighting] { sightings.withLock { $0 } }

    func record(_ sighting: Sighting) {
        sightings.withLock { sightings in
            sightings.append(sighting)
            if sightings.count > limit { sightings.removeFirst(sightings.count - limit) }
        }
    }

    func clear() {
        sightings.withLock { $0 = [] }
    }
}

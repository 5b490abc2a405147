import SessionDevnet
import SessionInterfaces

/// What each node that handled the message could see, from the first to the last.
struct SightingTable: Sendable {
    let rows: [DemoReport.Hop]

    /// Follows the first request in `sightings` from node to node.
    init(_ sightings: [Sighting]) {
        var rows: [DemoReport.Hop] = []
        var remaining = sightings[...]
        var expected: (node: Ed25519PublicKey, previous: Ed25519PublicKey)?
        while let position = remaining.firstIndex(where: { Self.continues($0, expected) }) {
            let sighting = remaining[position]
            rows.append(DemoReport.Hop(sighting))
            remaining = remaining[(position + 1)...]
            guard case .node(let next) = sighting.next else { break }
            expected = (next, sighting.node)
        }
        self.rows = rows
    }

    private static func continues(
        _ sighting: Sighting, _ expected: (node: Ed25519PublicKey, previous: Ed25519PublicKey)?
    ) -> Bool {
        switch sighting.previous {
        case .client: expected == nil
        case .node(let previous): sighting.node == expected?.node && previous == expected?.previous
        }
    }

    /// The table for people: keys cut to what tells them apart.
    var text: String {
        let header = ["node", "as", "came from", "went to", "bytes"]
        let cells = rows.map {
            [Self.short($0.node), $0.role, Self.short($0.previous), Self.short($0.next), String($0.bytes)]
        }
        let widths = header.indices.map { column in ([header] + cells).map { $0[column].count }.max() ?? 0 }
        let lines = ([header] + cells).map { line in
            let padded = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "  " + padded.joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }

    private static func short(_ name: String) -> String {
        name.utf8.count == 64 ? name.prefix(8) + "…" : name
    }
}

extension DemoReport.Hop {
    fileprivate init(_ sighting: Sighting) {
        role = sighting.role.rawValue
        node = sighting.node.hex
        bytes = sighting.size
        previous =
            switch sighting.previous {
            case .client(let address): address
            case .node(let key): key.hex
            }
        next =
            switch sighting.next {
            case .node(let key): key.hex
            case .server(let authority): authority
            case .itself: "itself"
            }
    }
}

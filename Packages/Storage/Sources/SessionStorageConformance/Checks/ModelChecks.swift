import SessionInterfaces

extension StoreConformance {
    static let modelChecks = (1...4 as ClosedRange<UInt64>).map { seed in
        Check("a store does what a dictionary would, seed \(seed)") { place in
            let store = try await place.open()
            var generator = SeededRandom(seed: seed).generator
            var model: [[UInt8]: [UInt8]] = [:]
            for _ in 0..<50 {
                let operations = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                    Operation.random(using: &generator)
                }
                let isGivenUp = Int.random(in: 0..<5, using: &generator) == 0
                let start = model
                do {
                    model = try await store.write(durability: .relaxed) { transaction in
                        var model = start
                        for operation in operations { try operation.apply(to: &model, and: transaction) }
                        if isGivenUp { throw Interruption() }
                        return model
                    }
                } catch is Interruption {}
                let expected = model
                try await store.read { try expectSame(expected, in: $0) }
            }
        }
    }

    private static func expectSame(_ model: [[UInt8]: [UInt8]], in snapshot: any StoreSnapshot) throws {
        let expected = model.map { StoreEntry(key: $0, value: $1) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        try expect(snapshot.entries(Samples.table), expected, "all entries")
        try expect(snapshot.entries(Samples.table, .all, .backward), expected.reversed(), "all entries backward")
        try expect(snapshot.count(Samples.table), expected.count, "count")
    }
}

/// One thing to do both to a store and to a dictionary, which must agree on the outcome.
private enum Operation: Sendable {
    case put([UInt8], [UInt8])
    case putIfAbsent([UInt8], [UInt8])
    case remove([UInt8])
    case removeAll(KeyRange)
    case scan(KeyRange, ScanDirection, limit: Int)

    static func random(using generator: inout SourceGenerator) -> Operation {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<8: .put(key(&generator), value(&generator))
        case 8..<11: .putIfAbsent(key(&generator), value(&generator))
        case 11..<15: .remove(key(&generator))
        case 15: .removeAll(range(&generator))
        default:
            .scan(
                range(&generator), Bool.random(using: &generator) ? .forward : .backward,
                limit: Int.random(in: 1...20, using: &generator))
        }
    }

    func apply(to model: inout [[UInt8]: [UInt8]], and transaction: any StoreTransaction) throws {
        switch self {
        case .put(let key, let value):
            model[key] = value
            try transaction.put(value, for: key, in: Samples.table)
        case .putIfAbsent(let key, let value):
            let isNew = model[key] == nil
            if isNew { model[key] = value }
            try expect(transaction.putIfAbsent(value, for: key, in: Samples.table), isNew, "putIfAbsent")
        case .remove(let key):
            let wasThere = model.removeValue(forKey: key) != nil
            try expect(transaction.remove(key, from: Samples.table), wasThere, "remove")
        case .removeAll(let range):
            let kept = model.filter { !range.contains($0.key) }
            let removed = try transaction.removeAll(range, from: Samples.table)
            try expect(removed, model.count - kept.count, "removeAll")
            model = kept
        case .scan(let range, let direction, let limit):
            let keys = model.keys.filter(range.contains).sorted { $0.lexicographicallyPrecedes($1) }
            let expected = Array((direction == .forward ? keys : keys.reversed()).prefix(limit))
            let found = try transaction.entries(Samples.table, range, direction, limit: limit)
            try expect(found.map(\.key), expected, "keys of \(range) \(direction)")
            try expect(found.map(\.value), expected.map { model[$0] ?? [] }, "values of \(range) \(direction)")
        }
    }

    /// Few different keys, so that operations meet: short ones, and long ones that share their beginnings.
    private static func key(_ generator: inout SourceGenerator) -> [UInt8] {
        let bytes: [UInt8] = [0, 1, 0x7f, 0xff]
        let tail = (0...Int.random(in: 0...2, using: &generator)).map { _ in bytes.randomElement(using: &generator) ?? 0
        }
        let beginnings = [0, 0, 1, 506, 507, 508, 509, 510, 700]
        return [UInt8](repeating: 0x7f, count: beginnings.randomElement(using: &generator) ?? 0) + tail
    }

    private static func value(_ generator: inout SourceGenerator) -> [UInt8] {
        let size = [0, 1, 40, 900, 6000].randomElement(using: &generator) ?? 0
        return [UInt8](repeating: UInt8.random(in: .min ... .max, using: &generator), count: size)
    }

    private static func range(_ generator: inout SourceGenerator) -> KeyRange {
        let bounds = [key(&generator), key(&generator)]
        return switch Int.random(in: 0..<6, using: &generator) {
        case 0: .all
        case 1: KeyRange(from: bounds[0])
        case 2: KeyRange(upTo: bounds[0])
        case 3: .prefix(bounds[0])
        default: KeyRange(from: bounds[0], upTo: bounds[1])
        }
    }
}

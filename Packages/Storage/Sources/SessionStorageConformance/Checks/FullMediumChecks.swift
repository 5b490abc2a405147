import SessionInterfaces

extension StoreConformance {
    static let fullMediumChecks = [6 << 20, 9_000_001].map { limit in
        Check("a write for which there is no room changes nothing, limit \(limit)", needsWorker: true) { place in
            let worker = try place.work(.fill(limit: limit))
            let said = try await onThreadOfItsOwn {
                let said = worker.readToEnd()
                try expect(worker.ending(), .exited(0), "how the worker ended, saying '\(said)'")
                return said
            }
            let number = said.split(separator: "\n").last?.split(separator: " ").last
            guard let writes = number.flatMap({ Int($0) }) else {
                throw ConformanceFailure(description: "the worker said '\(said)'")
            }
            try expect(writes > 0, "no write found room")
            let store = try await place.open()
            try await Filling.goOn(store, writes: writes)
        }
    }
}
